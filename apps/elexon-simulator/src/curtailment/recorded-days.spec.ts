import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import { simulatorUnderTest } from '../simulator-under-test.js';

const RECORDING = fileURLToPath(
  new URL('../../../../../shared/data/wind-acceptances-mw_2025-04-01_2025-05-31.csv', import.meta.url),
);
const recorded = existsSync(RECORDING);

/** Exact MWh by period and unit of the grid operator, read from the file without the simulator. */
function expectedOf(date: string): Map<string, Big> {
  const mwh = new Map<string, Big>();
  for (const line of readFileSync(RECORDING, 'utf8').split('\n')) {
    if (!line.startsWith(date)) continue;
    const fields = line.trim().split(',');
    const key = `${fields[1]} ${fields[2]}`;
    mwh.set(key, (mwh.get(key) ?? new Big(0)).plus(new Big(fields.at(-1) ?? '').div(2)));
  }
  return mwh;
}

(recorded ? describe : describe.skip)(
  `a recording${recorded ? '' : ' (skipped: no ../shared beside the repository)'}`,
  () => {
    // A suite that is skipped still runs this far.
    const started = recorded ? simulatorUnderTest({ SIMULATOR_RECORDING: RECORDING }) : null;
    afterAll(async () => (await started)?.close());

    const periods = Array.from({ length: 48 }, (_, index) => index + 1);

    async function rowsOf(date: string) {
      const simulator = await started;
      if (simulator === null) throw new Error('There is no recording.');
      const ofPeriods = await Promise.all(periods.map((period) => simulator.stack('bid', date, period)));
      return {
        rows: ofPeriods.flat(),
        units: (await simulator.json('/reference/bmunits/all')) as Record<string, unknown>[],
      };
    }

    it.each(['2025-04-01', '2025-04-16', '2025-05-25', '2025-05-26', '2025-05-31'])(
      'is replayed to the last digit on %s',
      async (date) => {
        const { rows, units } = await rowsOf(date);
        const gridIds = new Map(
          units.map(({ elexonBmUnit, nationalGridBmUnit }) => [elexonBmUnit, nationalGridBmUnit]),
        );
        // Wind by the register, and the two units that the recording counts as wind although the register does not.
        const isWind = new Set(['AG-BEDF03', 'AG-REC05L']);
        for (const unit of units) if (unit.fuelType === 'WIND') isWind.add(String(unit.nationalGridBmUnit));
        const replayed = new Map<string, Big>();
        for (const { id, settlementPeriod, volume } of rows) {
          const gridId = String(gridIds.get(id));
          if (!isWind.has(gridId)) continue;
          const key = `${settlementPeriod} ${gridId}`;
          replayed.set(key, (replayed.get(key) ?? new Big(0)).plus(String(volume)));
        }
        const texts = (mwh: ReadonlyMap<string, Big>) =>
          new Map([...mwh].map(([key, value]) => [key, value.toFixed()]));
        expect(texts(replayed)).toEqual(texts(expectedOf(date)));
      },
    );

    it('has every wind row flagged, and no flagged bid of a unit typed WIND that was not recorded', async () => {
      const { rows, units } = await rowsOf('2025-05-26');
      const wind = new Set(units.filter(({ fuelType }) => fuelType === 'WIND').map(({ elexonBmUnit }) => elexonBmUnit));
      const ofWind = rows.filter(({ id }) => wind.has(id));
      expect(ofWind.every(({ soFlag, volume }) => soFlag && volume < 0)).toBe(true);
      // 2,308 lines of the day, none of a unit typed otherwise.
      const lines = readFileSync(RECORDING, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('2025-05-26'));
      expect(ofWind.length).toBe(lines.filter((line) => !line.includes(',AG-')).length);
      expect(rows.length).toBeGreaterThan(ofWind.length);
    });

    it('has two rows with acceptances of their own where a key was recorded twice', async () => {
      const { rows } = await rowsOf('2025-05-26');
      const keys = rows.map(({ settlementPeriod, id }) => `${settlementPeriod} ${id}`);
      const full = rows
        .filter(({ acceptanceId }) => acceptanceId !== null)
        .map(
          ({ settlementPeriod, id, acceptanceId, bidOfferPairId }) =>
            `${settlementPeriod} ${id} ${acceptanceId} ${bidOfferPairId}`,
        );
      expect(new Set(keys).size).toBeLessThan(keys.length);
      expect(new Set(full).size).toBe(full.length);
    });

    it('has nothing at all on a date inside it without rows', async () => {
      expect((await rowsOf('2025-04-07')).rows).toEqual([]);
      expect((await rowsOf('2025-04-09')).rows).toEqual([]);
    });

    it('says nothing of dates outside: they are generated', async () => {
      const { rows } = await rowsOf('2025-06-01');
      expect(rows.length).toBeGreaterThan(48 * 500);
    });
  },
);

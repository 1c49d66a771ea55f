import { BUSY_DAY } from '../days.js';
import { interleaved, timed } from '../measure.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';
import { rowVersions, touchedTables } from '../stored-rows.js';
import { CopyRows } from '../yardsticks/copy-rows.js';
import { fetchOnly, fetchTexts } from '../yardsticks/fetch-answers.js';
import { SingleRowInserts } from '../yardsticks/single-row-inserts.js';
import { Windfall } from '../windfall.js';

const LEAST_RECORDS = 4_000;
const LEAST_BYTES = 18_000_000;

/** Goals 1 and 4: a busy day from nothing, and once more with nothing changed. @returns also what the day took */
export async function busyDay(platform: Platform, repetitions: number): Promise<{ lines: Line[]; dayMs: number }> {
  const { owner, databaseUrl } = platform;
  const feed = platform.feeds.near;
  const windfall = new Windfall(platform);
  await platform.startServices(feed);

  // Everybody's first time, in which code is compiled and the register fetched, is not measured.
  await windfall.ingestDay(BUSY_DAY);
  await windfall.ingestAgain(BUSY_DAY);
  await requireBusy(platform);
  const copy = await CopyRows.prepare(databaseUrl, BUSY_DAY);
  const inserts = await SingleRowInserts.prepare(databaseUrl, await windFarms(platform));
  const rows = await inserts.run(feed, BUSY_DAY);
  const texts = await fetchTexts(feed, BUSY_DAY);

  const touched = new Set<string>();
  const ms = await interleaved(repetitions, {
    first: async () => {
      await windfall.forgetAllDays();
      return await windfall.ingestDay(BUSY_DAY);
    },
    again: async () => {
      const before = await rowVersions(owner);
      const taken = await windfall.ingestAgain(BUSY_DAY);
      for (const table of touchedTables(before, await rowVersions(owner))) touched.add(table);
      return taken;
    },
    inserts: () => timed(() => inserts.run(feed, BUSY_DAY)),
    fetch: () => timed(() => fetchOnly(feed, BUSY_DAY)),
    parse: () => timed(() => texts.forEach((text) => void JSON.parse(text))),
    copy: async () => {
      await copy.clear();
      return await timed(() => copy.run());
    },
  });
  await Promise.all([copy.close(), inserts.close()]);
  await platform.stopServices();
  if (touched.size > 0) console.error(`Written although nothing had changed: ${[...touched].join(', ')}`);

  const floor = ms.fetch + ms.parse + ms.copy;
  const lines: Line[] = [
    {
      goal: 1,
      what: 'a busy day',
      ours: ms.first,
      unit: 'ms',
      yardstick: { what: `P, ${rows} inserts,`, value: ms.inserts, ratio: 'it ÷ ours' },
      bar: { atLeast: 7 },
      stretch: { atLeast: 10 },
    },
    {
      goal: 1,
      what: 'a busy day',
      ours: ms.first,
      unit: 'ms',
      yardstick: { what: 'H + JSON.parse + C', value: floor, ratio: 'ours ÷ it' },
      stretch: { atMost: 1.75 },
    },
    {
      goal: 4,
      what: 'the day again, unchanged',
      ours: ms.again,
      unit: 'ms',
      yardstick: { what: 'the first time', value: ms.first, ratio: 'ours ÷ it' },
      bar: { atMost: 0.6 },
    },
    { goal: 4, what: 'tables written to then', ours: touched.size, unit: 'tables', bar: { atMost: 0 } },
  ];
  return { lines, dayMs: ms.first };
}

/** The claim is about a day of this size. */
async function requireBusy({ owner, feeds }: Platform): Promise<void> {
  const { rows } = await owner.query<{ records: number }>(
    'select records from ingestion.settlement_days where settlement_date = $1',
    [BUSY_DAY],
  );
  const records = rows[0]?.records ?? 0;
  const bytes = await fetchOnly(feeds.near, BUSY_DAY);
  console.error(`${BUSY_DAY}: ${records} records in ${(bytes / 1e6).toFixed(1)} MB of answers`);
  if (records < LEAST_RECORDS || bytes < LEAST_BYTES) throw new Error('The busy day is not busy enough');
}

async function windFarms({ owner }: Platform): Promise<Set<string>> {
  const { rows } = await owner.query<{ id: string }>(
    'select distinct farm_id as id from ingestion.bm_units where counted_as_wind',
  );
  return new Set(rows.map(({ id }) => id));
}

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { answerRows } from './answer-rows.js';
import { NOTIFICATION_FIELDS, physicalNotifications } from './physical-notifications.js';
import { registerUnits, UNIT_FIELDS } from './register-units.js';
import { STACK_FIELDS, stackRows } from './stack-rows.js';
import { SYSTEM_PRICE_FIELDS, systemPrices } from './system-prices.js';
import { unknownFieldsOf } from './unknown-fields.js';
import { WIND_AND_SOLAR_FIELDS, windOutputs } from './wind-output.js';

const folder = resolve('../shared/data/elexon-samples');
const present = existsSync(folder);
const title = present
  ? 'recorded answers of the API'
  : 'recorded answers of the API (SKIPPED: ../shared/data is absent)';

function read(file: string): unknown {
  return JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as unknown;
}

(present ? describe : describe.skip)(title, () => {
  const asked = (settlementDate: string, settlementPeriod: number) => ({
    path: '/',
    endpoint: 'sample',
    settlementDate,
    settlementPeriod,
  });

  it.each([
    ['settlement-stack-bid_2026-07-10_sp20_one-row.json', '2026-07-10', 20, -0.004166666666666667, 90.25],
    ['settlement-stack-offer_openapi-example.json', '2021-12-05', 14, 52.5, 202],
  ])('%s is a stack', (file, date, period, volume, originalPrice) => {
    const rows = stackRows(asked(date, period), answerRows(asked(date, period), read(file), 'data'));
    expect(rows).toEqual([expect.objectContaining({ volume, originalPrice })]);
  });

  it.each([
    ['generation-per-type-wind-and-solar_2023-07-21_sp12.json', '2023-07-21', ['640.283', '77.014']],
    ['generation-per-type-wind-and-solar_2025-01-01_sp21.json', '2025-01-01', ['7484.653', '11711.9']],
    ['datasets-AGWS_2026-05-06_sp4.json', '2026-05-06', ['1238.414', '4153.834']],
  ])('%s is wind output', (file, date, onshoreAndOffshore) => {
    const question = { path: '/', endpoint: 'sample' };
    const outputs = windOutputs(question, answerRows(question, read(file), 'data'), date, date);
    const byKind = new Map(outputs.map(({ kind, meanMw }) => [kind, meanMw]));
    expect([byKind.get('onshore'), byKind.get('offshore')]).toEqual(onshoreAndOffshore);
  });

  it('datasets-PN_2026-05-06_sp24.json is physical notifications', () => {
    const question = asked('2026-05-06', 24);
    const body = read('datasets-PN_2026-05-06_sp24.json');
    expect(physicalNotifications(question, answerRows(question, body, 'data'))[0]).toEqual({
      settlementDate: '2026-05-06',
      settlementPeriod: 24,
      farmId: '2__FFSEN007',
      fromAt: '2026-05-06T10:59:00Z',
      toAt: '2026-05-06T11:00:00Z',
      fromMw: -9,
      toMw: 0,
    });
  });

  it('the rows of datasets-PN-stream_T_MOWEO-1_2025-03-13_sp39-48.json are physical notifications', () => {
    const rows = read('datasets-PN-stream_T_MOWEO-1_2025-03-13_sp39-48.json') as { settlementPeriod: number }[];
    for (const row of rows) {
      expect(physicalNotifications(asked('2025-03-13', row.settlementPeriod), [row])).toHaveLength(1);
    }
  });

  it.each([
    ['system-prices_2024-02-01_sp1.json', '2024-02-01', ['-1248.5666987152779']],
    ['system-prices_2026-05-06_sp1-2.json', '2026-05-06', ['-616.25', '-641.704550703696']],
  ])('%s is system prices', (file, settlementDate, totals) => {
    const question = { path: '/', endpoint: 'sample', settlementDate };
    const prices = systemPrices(question, answerRows(question, read(file), 'data'));
    expect(prices.map((price) => price.totalAcceptedBidMwh)).toEqual(totals);
  });

  // The numbers are those that docs/data-sources.md 4 counts in this file.
  it('reference-bmunits-all.json is the register: 2,733 rows, 61 of them not live, T_WLNYO-4 twice', () => {
    const question = { path: '/', endpoint: 'sample' };
    const rows = answerRows(question, read('reference-bmunits-all.json'), 'bare');
    const units = registerUnits(question, rows);
    expect(rows).toHaveLength(2733);
    expect(units).toHaveLength(2733 - 61 - 1);
    const wind = units.filter((unit) => unit.fuelType === 'WIND');
    expect(wind).toHaveLength(213);
    expect(wind.filter((unit) => unit.farmId === 'T_WLNYO-4')).toEqual([
      {
        farmId: 'T_WLNYO-4',
        nationalGridBmUnit: 'WLNYO-4',
        name: 'WALNEY_4',
        fuelType: 'WIND',
        leadParty: 'Walney Extension Ltd',
        generationCapacityMw: '330.000',
      },
    ]);
    const megawatts = wind.reduce((sum, unit) => sum + Number(unit.generationCapacityMw), 0);
    expect(megawatts / 1000).toBeCloseTo(27.2, 1);
  });

  it('have no field that we have not heard of', () => {
    const data = (file: string) => answerRows({ path: '/', endpoint: file }, read(file), 'data');
    const counted = [
      unknownFieldsOf(STACK_FIELDS, data('settlement-stack-bid_2026-07-10_sp20_one-row.json')),
      unknownFieldsOf(STACK_FIELDS, data('settlement-stack-offer_openapi-example.json')),
      unknownFieldsOf(WIND_AND_SOLAR_FIELDS, data('datasets-AGWS_2026-05-06_sp4.json')),
      unknownFieldsOf(NOTIFICATION_FIELDS, data('datasets-PN_2026-05-06_sp24.json')),
      unknownFieldsOf(SYSTEM_PRICE_FIELDS, data('system-prices_2026-05-06_sp1-2.json')),
      unknownFieldsOf(UNIT_FIELDS, read('reference-bmunits-all.json') as unknown[]),
    ];
    expect(counted.flatMap((counts) => [...counts])).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { bitcoinFactorsOf } from './bitcoin-factors.js';
import { bitcoinPerMwh } from './potential-bitcoin.js';

const models = [
  { name: 'S19J_PRO', hashrateThs: '100', powerW: '3050' },
  { name: 'S9', hashrateThs: '13.5', powerW: '1323' },
];
const epoch = {
  fromPeriod: 1,
  toPeriod: 20,
  difficulty: '110451907374649',
  blockSubsidyBtc: '3.125',
  provisional: false,
};
const later = { ...epoch, fromPeriod: 21, toPeriod: 48, difficulty: '121658450774825' };

describe('bitcoinFactorsOf', () => {
  it('gives each run of periods its factor for each model', () => {
    const factors = bitcoinFactorsOf(
      [{ settlementDate: '2025-03-06', mining: { blocked: false, epochs: [epoch, later] } }],
      models,
    );
    expect(factors.map((f) => [f.minerModel, f.fromPeriod, f.toPeriod, f.btcPerMwh])).toEqual(
      [epoch, later].flatMap(({ fromPeriod, toPeriod, difficulty, blockSubsidyBtc }) =>
        models.map((model) => [
          model.name,
          fromPeriod,
          toPeriod,
          bitcoinPerMwh({ difficulty, blockSubsidyBtc, model }),
        ]),
      ),
    );
  });

  it('has none for a blocked day', () => {
    const mining = { blocked: true, detail: 'No difficulty', periods: [1] } as const;
    expect(bitcoinFactorsOf([{ settlementDate: '2025-03-06', mining: { ...mining, periods: [1] } }], models)).toEqual(
      [],
    );
  });
});

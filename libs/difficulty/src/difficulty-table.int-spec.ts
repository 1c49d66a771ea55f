import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { difficultyAt, type Retarget } from '@app/domain';
import { startTestDynamo } from '@app/testing';
import { DifficultyTable, knownRetargets } from './index.js';

const DAY = 86_400;
const instantOf = (unix: number) => new Date(unix * 1000).toISOString();
const everything = { fromAt: '1970-01-01T00:00:00Z', toAt: '9999-12-31T00:00:00Z' };

/** Retargets 14 days apart; 0 is the first. */
const retarget = (index: number, difficulty = String(100 + index)): Retarget => ({
  height: 2016 * (500 + index),
  fromUnix: 1_700_000_000 + index * 14 * DAY,
  difficulty,
});

describe('the difficulty table', () => {
  let endpoint: string;
  let store: DifficultyTable;
  let tables = 0;

  beforeAll(async () => {
    const dynamo = await startTestDynamo();
    Object.assign(process.env, dynamo.env);
    endpoint = dynamo.endpoint;
  });

  beforeEach(async () => {
    tables += 1;
    store = new DifficultyTable({ endpoint, region: 'eu-west-2', table: `difficulty-${tables}` });
    await store.ensure();
  });

  it('is usable once its table is there, which several may make at once', async () => {
    const other = new DifficultyTable({ endpoint, region: 'eu-west-2', table: 'difficulty-elsewhere' });
    await expect(other.check()).rejects.toThrow('The table difficulty-elsewhere is missing');
    await Promise.all([1, 2, 3].map(() => other.ensure()));
    await expect(other.check()).resolves.toBeUndefined();
  });

  it('says so when it cannot be reached', async () => {
    const nowhere = new DifficultyTable({ endpoint: 'http://127.0.0.1:1', region: 'eu-west-2', table: 'x' });
    await expect(nowhere.check()).rejects.toThrow();
  });

  describe('seeded', () => {
    it('holds the 200 retargets from 2018-12 to 2026-06, and nothing new the second time', async () => {
      await expect(store.seed()).resolves.toBe(200);
      await expect(store.seed()).resolves.toBe(0);
      const all = await store.readRetargets(everything);
      expect(all).toEqual(knownRetargets());
      // First and last line of data/difficulty.csv.
      expect(all[0]).toEqual({ height: 552384, fromUnix: 1543838368, difficulty: '5646403851534' });
      expect(all.at(-1)).toEqual({ height: 953568, fromUnix: 1781397131, difficulty: '124932866006548' });
      expect(all.every(({ height }, index) => height === 552384 + 2016 * index)).toBe(true);
    });

    it('leaves alone a height that an operator has added with another time', async () => {
      const better = { height: 953568, fromUnix: 1781397000, difficulty: '124932866006548' };
      await store.addRetarget(better);
      await expect(store.seed()).resolves.toBe(199);
      expect((await store.readRetargets(everything)).at(-1)).toEqual(better);
    });

    it('gives for a day exactly what it takes to judge its instants', async () => {
      await store.seed();
      // 2024-04-20, the day of the halving: in force since 2024-04-10T14:39Z, next on 2024-04-24 (data/difficulty.csv).
      const day = { fromAt: '2024-04-19T23:00:00Z', toAt: '2024-04-20T22:30:00Z' };
      const found = await store.readRetargets(day);
      expect(found.map(({ difficulty }) => difficulty)).toEqual(['86388558925171', '88104191118793']);
      expect(difficultyAt(found, '2024-04-20T00:00:00Z')).toMatchObject({ known: true, newest: false });
    });
  });

  describe('read', () => {
    beforeEach(async () => {
      for (let index = 0; index < 6; index += 1) await store.addRetarget(retarget(index));
    });

    const heights = async (from: number, to: number) =>
      (await store.readRetargets({ fromAt: instantOf(from), toAt: instantOf(to) })).map(
        ({ height }) => height / 2016 - 500,
      );

    it.each([
      ['inside one epoch', retarget(1).fromUnix + 5, retarget(1).fromUnix + 9, [1, 2]],
      ['from the very second of a retarget', retarget(2).fromUnix, retarget(2).fromUnix, [2, 3]],
      ['to the very second of a retarget', retarget(1).fromUnix + 5, retarget(2).fromUnix, [1, 2, 3]],
      ['over several epochs', retarget(1).fromUnix + 5, retarget(4).fromUnix + 5, [1, 2, 3, 4, 5]],
      ['in the newest epoch', retarget(5).fromUnix + 5, retarget(5).fromUnix + 9, [5]],
      ['from before the first', retarget(0).fromUnix - 9, retarget(0).fromUnix + 9, [0, 1]],
      ['before the first', retarget(0).fromUnix - 9, retarget(0).fromUnix - 5, [0]],
      ['everything', 0, 253_370_764_800, [0, 1, 2, 3, 4, 5]],
    ])('%s', async (_, from, to, expected) => {
      expect(await heights(from, to)).toEqual(expected);
    });

    it('goes on where a page ends', async () => {
      // Eight retargets within one day, which no real network has: more than a page for that span.
      const base = retarget(7).fromUnix;
      for (let index = 0; index < 8; index += 1) {
        await store.addRetarget({ height: 2016 * (600 + index), fromUnix: base + index * 60, difficulty: '1' });
      }
      const found = await store.readRetargets({ fromAt: instantOf(base), toAt: instantOf(base + 5 * 60) });
      expect(found.map(({ height }) => height / 2016)).toEqual([600, 601, 602, 603, 604, 605, 606]);
    });
  });

  describe('given a retarget', () => {
    beforeEach(async () => {
      for (const index of [0, 1, 3]) await store.addRetarget(retarget(index));
    });

    it('keeps every digit of the difficulty', async () => {
      const difficulty = '12345678901234567890123456789012345678';
      await store.addRetarget(retarget(4, difficulty));
      expect((await store.readRetargets(everything)).at(-1)?.difficulty).toBe(difficulty);
    });

    it('adds it once, also in a gap', async () => {
      await expect(store.addRetarget(retarget(2))).resolves.toBe(true);
      await expect(store.addRetarget(retarget(2))).resolves.toBe(false);
      expect(await store.readRetargets(everything)).toEqual([0, 1, 2, 3].map((index) => retarget(index)));
    });

    it('lets one of two different ones of the same time in', async () => {
      const outcomes = await Promise.allSettled([
        store.addRetarget(retarget(4, '1')),
        store.addRetarget(retarget(4, '2')),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await store.readRetargets(everything)).toHaveLength(4);
    });

    it.each<[string, Retarget, string]>([
      ['of a known height and time with another difficulty', retarget(1, '7'), 'fromUnix'],
      ['of a known height at another time', { ...retarget(3), fromUnix: retarget(3).fromUnix + 60 }, 'fromUnix'],
      ['of a known time with another height', { ...retarget(1), height: retarget(2).height }, 'height'],
      ['higher than one that is later', { ...retarget(2), height: retarget(4).height }, 'height'],
      ['lower than one that is earlier', { ...retarget(4), height: retarget(2).height }, 'height'],
      ['whose height is no multiple of 2016', { ...retarget(4), height: retarget(4).height + 1 }, 'height'],
      ['without a time', { ...retarget(4), fromUnix: NaN }, 'fromUnix'],
      ['with a fraction of a second', { ...retarget(4), fromUnix: retarget(4).fromUnix + 0.5 }, 'fromUnix'],
      ['with a difficulty of 0', retarget(4, '0'), 'difficulty'],
      ['with a rounded difficulty', retarget(4, '1.2e14'), 'difficulty'],
    ])('refuses one %s', async (_, refused, field) => {
      await expect(store.addRetarget(refused)).rejects.toMatchObject({ code: 'invalid-request', details: { field } });
      expect(await store.readRetargets(everything)).toEqual([0, 1, 3].map((index) => retarget(index)));
    });

    it('says what it knows instead', async () => {
      await expect(store.addRetarget(retarget(1, '7'))).rejects.toThrow(
        'Retarget 1010016 at 2023-11-28T22:13:20.000Z with difficulty 7 is not added: ' +
          'the store has 1010016 at 2023-11-28T22:13:20.000Z with 101. Compare with a block explorer',
      );
    });
  });
});

import { settlementPeriodsOf, settlementPeriodsUpTo } from '@app/domain';
import { Agent, request } from 'undici';
import { CONCURRENCY } from '../platform.js';

const agent = new Agent({ connections: CONCURRENCY });

/** **H**: fetches a day's answers, as many at once as we do, and throws them away. @returns their bytes */
export async function fetchOnly(feed: string, settlementDate: string): Promise<number> {
  let bytes = 0;
  await eachAnswer(feed, settlementDate, async (body) => {
    for await (const chunk of body) bytes += (chunk as Buffer).length;
  });
  return bytes;
}

/** The same, keeping the texts. */
export async function fetchTexts(feed: string, settlementDate: string): Promise<string[]> {
  const texts: string[] = [];
  await eachAnswer(feed, settlementDate, async (body) => {
    texts.push(await body.text());
  });
  return texts;
}

type Body = Awaited<ReturnType<typeof request>>['body'];

async function eachAnswer(feed: string, settlementDate: string, use: (body: Body) => Promise<void>): Promise<void> {
  const periods = settlementPeriodsUpTo(settlementPeriodsOf(settlementDate));
  const fetchNext = async (): Promise<void> => {
    for (let period = periods.shift(); period !== undefined; period = periods.shift()) {
      const path = `/balancing/settlement/stack/all/bid/${settlementDate}/${period}`;
      const { statusCode, body } = await request(feed + path, { dispatcher: agent });
      if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}`);
      await use(body);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, fetchNext));
}

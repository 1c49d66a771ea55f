import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Retarget } from '@app/domain';
import pLimit from 'p-limit';
import { knownRetargets } from './known-retargets.js';
import { refusal, requireConsistent, requirePossible, sameRetarget } from './requirements.js';
import { itemOf, NETWORK, retargetOf } from './retarget-item.js';

export interface DifficultyTableOptions {
  /** Of something that speaks DynamoDB's API; AWS itself when not given. */
  endpoint?: string | undefined;
  region: string;
  table: string;
}

/** Retargets come every 11 to 20 days, so a page of so many holds those inside a span and the next one. */
const SHORTEST_EPOCH_MS = 11 * 86_400_000;

const MAX_WRITES_UNDER_WAY = 25;

/**
 * The DynamoDB table of retargets: one item each, key `network` and `fromUnix`, attributes `height` and `difficulty`.
 *
 * It connects when first used; credentials come from where AWS clients look for them.
 */
export class DifficultyTable {
  private readonly client: DynamoDBClient;
  private readonly table: string;

  constructor({ endpoint, region, table }: DifficultyTableOptions) {
    const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000 };
    this.client = new DynamoDBClient({ region, requestHandler, ...(endpoint === undefined ? {} : { endpoint }) });
    this.table = table;
  }

  /** Makes the table unless it is there; several processes may do so at once. */
  async ensure(): Promise<void> {
    if ((await this.status()) === undefined) await this.create();
    const patience = { client: this.client, minDelay: 1, maxDelay: 2, maxWaitTime: 60 };
    await waitUntilTableExists(patience, { TableName: this.table });
  }

  /** @throws when the table cannot be used now; the message says why */
  async check(): Promise<void> {
    const status = await this.status();
    if (status !== 'ACTIVE') throw new Error(`The table ${this.table} is ${status ?? 'missing'}`);
  }

  /**
   * Adds the retargets that come with the program, as far as they are missing. What is stored is left alone: an operator may
   * have added one of them with a better time.
   *
   * @returns how many were added
   */
  async seed(): Promise<number> {
    const stored = await this.readRetargets({ fromAt: '1970-01-01T00:00:00Z', toAt: '9999-12-31T00:00:00Z' });
    const heights = new Set(stored.map(({ height }) => height));
    const missing = knownRetargets().filter(({ height }) => !heights.has(height));
    const added = await pLimit(MAX_WRITES_UNDER_WAY).map(missing, (retarget) => this.put(retarget));
    return added.filter(Boolean).length;
  }

  /**
   * All retargets that it takes to judge the instants of a span: the one in force at its beginning, those inside, and the
   * next one after its end, in order of time. When none comes after the end, the last one is the newest known.
   *
   * @param span ISO 8601 instants, both included
   */
  async readRetargets({ fromAt, toAt }: { fromAt: string; toAt: string }): Promise<Retarget[]> {
    const fromUnix = Math.floor(Date.parse(fromAt) / 1000);
    const toUnix = Math.floor(Date.parse(toAt) / 1000);
    const [inForce, later] = await Promise.all([this.lastUntil(fromUnix), this.after(fromUnix, toUnix)]);
    return inForce === undefined ? later : [inForce, ...later];
  }

  /**
   * Adds a retarget. One that is known already, alike, is fine; nothing that is stored is ever changed.
   *
   * Of two different ones added at the same moment both may be stored; the instants between them then have no difficulty
   * (`missing-retarget`) instead of a wrong one.
   *
   * @returns whether it is new
   * @throws {WindfallError} `invalid-request` when it cannot be a retarget, or contradicts those before and after it
   */
  async addRetarget(retarget: Retarget): Promise<boolean> {
    requirePossible(retarget);
    const { fromUnix } = retarget;
    const [inForce, later] = await Promise.all([this.lastUntil(fromUnix), this.after(fromUnix, fromUnix)]);
    if (inForce !== undefined && sameRetarget(inForce, retarget)) return false;
    requireConsistent(retarget, inForce === undefined ? later : [inForce, ...later]);
    if (await this.put(retarget)) return true;
    throw refusal(retarget, 'fromUnix', 'another retarget of that time was added just now');
  }

  close(): void {
    this.client.destroy();
  }

  private async create(): Promise<void> {
    try {
      await this.client.send(
        new CreateTableCommand({
          TableName: this.table,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'network', AttributeType: 'S' },
            { AttributeName: 'fromUnix', AttributeType: 'N' },
          ],
          KeySchema: [
            { AttributeName: 'network', KeyType: 'HASH' },
            { AttributeName: 'fromUnix', KeyType: 'RANGE' },
          ],
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }

  private async status(): Promise<string | undefined> {
    try {
      const { Table } = await this.client.send(new DescribeTableCommand({ TableName: this.table }));
      return Table?.TableStatus;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  private async lastUntil(unix: number): Promise<Retarget | undefined> {
    const [last] = (await this.query('fromUnix <= :unix', unix, { ScanIndexForward: false, Limit: 1 })).retargets;
    return last;
  }

  private async after(fromUnix: number, toUnix: number): Promise<Retarget[]> {
    const Limit = Math.min(1000, Math.ceil(((toUnix - fromUnix) * 1000) / SHORTEST_EPOCH_MS) + 1);
    const found: Retarget[] = [];
    let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      const { retargets, next } = await this.query('fromUnix > :unix', fromUnix, { Limit, ExclusiveStartKey });
      found.push(...retargets);
      ExclusiveStartKey = next;
    } while (ExclusiveStartKey !== undefined && (found.at(-1)?.fromUnix ?? 0) <= toUnix);
    const nextAfter = found.findIndex((retarget) => retarget.fromUnix > toUnix);
    return nextAfter === -1 ? found : found.slice(0, nextAfter + 1);
  }

  private async query(
    condition: string,
    unix: number,
    options: Partial<QueryCommandInput>,
  ): Promise<{ retargets: Retarget[]; next: QueryCommandInput['ExclusiveStartKey'] }> {
    const { Items, LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        // A retarget that was just added must be seen by the calculation that it sets off.
        ConsistentRead: true,
        KeyConditionExpression: `network = :network and ${condition}`,
        ExpressionAttributeValues: { ':network': NETWORK, ':unix': { N: String(unix) } },
        ...options,
      }),
    );
    return { retargets: (Items ?? []).map(retargetOf), next: LastEvaluatedKey };
  }

  /** @returns false when there is a retarget of that time already */
  private async put(retarget: Retarget): Promise<boolean> {
    try {
      const condition = { ConditionExpression: 'attribute_not_exists(fromUnix)' };
      await this.client.send(new PutItemCommand({ TableName: this.table, Item: itemOf(retarget), ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

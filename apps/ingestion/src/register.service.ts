import { createHash } from 'node:crypto';
import { Database, findWindUnits, type RegisteredUnit, storeRegisterVersion } from '@app/database';
import { InsightsClient } from '@app/elexon';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { WIND_FARMS_NOT_TYPED_WIND } from './wind-overrides.js';

/** BM unit id of each wind farm, with who answers for it. */
export type WindUnits = ReadonlyMap<string, { readonly leadParty: string | null }>;

/** Keeps the unit register in versions and says which units are wind farms. */
@Injectable()
export class RegisterService {
  private readonly logger = new Logger(RegisterService.name);
  private refreshing: Promise<void> | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InsightsClient) private readonly client: InsightsClient,
  ) {}

  /**
   * The wind farms of the newest stored register; the very first time it is fetched.
   *
   * @throws {SourceError} when there is no register yet and the source does not give one
   */
  async windUnits(): Promise<WindUnits> {
    const stored = await findWindUnits(this.database);
    if (stored.length > 0) return byFarm(stored);
    // Several days may be waiting for the first register: one fetch serves them all.
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
    return byFarm(await findWindUnits(this.database));
  }

  /** Fetches the register and stores a new version when anything in it changed. */
  async refresh(): Promise<void> {
    const fetched = await this.client.units();
    const units: RegisteredUnit[] = fetched.map((unit) => ({
      ...unit,
      countedAsWind: unit.fuelType === 'WIND' || WIND_FARMS_NOT_TYPED_WIND.has(unit.farmId),
    }));
    const contentHash = createHash('sha256').update(JSON.stringify(units)).digest('hex');
    const version = await this.database.transaction((transaction) =>
      storeRegisterVersion(transaction, contentHash, new Date().toISOString(), units),
    );
    if (version !== null) this.logger.log({ msg: 'a new version of the unit register', version, units: units.length });
  }
}

function byFarm(units: readonly { farmId: string; leadParty: string | null }[]): WindUnits {
  return new Map(units.map(({ farmId, leadParty }) => [farmId, { leadParty }]));
}

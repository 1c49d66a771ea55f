import { createHash } from 'node:crypto';
import { Database, type Executor, findWindUnits, storeRegisterVersion, type WindUnit } from '@app/database';
import { type RegisteredUnit } from '@app/domain';
import { InsightsClient } from '@app/elexon';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { config } from './config.js';
import { WIND_FARMS_NOT_TYPED_WIND } from './wind-overrides.js';

/** Wind farms and the companies that answer for them, by BM unit id. */
export type WindUnits = ReadonlyMap<string, WindUnit>;

/** Knows which BM units are wind farms: by the newest stored version of Elexon's register. */
@Injectable()
export class WindRegisterService {
  private readonly logger = new Logger(WindRegisterService.name);
  private refreshing: Promise<void> | undefined;
  private known: { version: number; units: WindUnits } | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InsightsClient) private readonly elexon: InsightsClient,
  ) {}

  /**
   * The first one who asks fetches the register; without it no stack row could be told from another.
   *
   * @param version the newest that is stored, so that it is not read for each day; null when there is none
   */
  async windUnits(version: number | null): Promise<WindUnits> {
    if (version !== null && version === this.known?.version) return this.known.units;
    let stored = await findWindUnits(this.database);
    if (stored === null || stored.units.length === 0) {
      this.refreshing ??= this.refresh().finally(() => (this.refreshing = undefined));
      await this.refreshing;
      stored = await findWindUnits(this.database);
    }
    const units = byFarm(stored?.units ?? []);
    if (stored !== null && units.size > 0) this.known = { version: stored.version, units };
    return units;
  }

  /** The same for those who may write nothing: where no register is stored, the source's own is used and forgotten. */
  async windUnitsReadOnly(): Promise<WindUnits> {
    const stored = await findWindUnits(this.database);
    return byFarm(stored?.units ?? (await this.fetchUnits()).filter((unit) => unit.countedAsWind));
  }

  /** Each night, since units come and go. Days that are stored keep the register they were ingested with. */
  @Cron('0 40 4 * * *', { timeZone: 'Europe/London' })
  async refreshNightly(): Promise<void> {
    if (config.SCHEDULES === 'off') return;
    try {
      await this.refresh();
    } catch (error) {
      this.logger.error({ msg: 'The unit register could not be refreshed; the stored one stays in use', err: error });
    }
  }

  /** The register as Elexon has it now. */
  async fetchUnits(): Promise<RegisteredUnit[]> {
    return (await this.elexon.units()).map((unit): RegisteredUnit => {
      return { ...unit, countedAsWind: unit.fuelType === 'WIND' || WIND_FARMS_NOT_TYPED_WIND.has(unit.farmId) };
    });
  }

  /** @returns the version stored, or null when it equals the newest one, which is not stored again */
  async store(transaction: Executor, units: readonly RegisteredUnit[], fetchedAt: string): Promise<number | null> {
    const contentHash = createHash('sha256').update(JSON.stringify(units)).digest('hex');
    return await storeRegisterVersion(transaction, contentHash, fetchedAt, units);
  }

  private async refresh(): Promise<void> {
    const fetchedAt = new Date().toISOString();
    const units = await this.fetchUnits();
    const version = await this.database.transaction((transaction) => this.store(transaction, units, fetchedAt));
    const windFarms = units.filter((unit) => unit.countedAsWind).length;
    this.logger.log({ msg: 'unit register fetched', version, units: units.length, windFarms });
  }
}

function byFarm(units: readonly WindUnit[]): WindUnits {
  return new Map(units.map(({ farmId, leadParty }) => [farmId, { farmId, leadParty }]));
}

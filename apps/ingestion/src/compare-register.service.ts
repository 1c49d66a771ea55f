import { type EventOf, MAX_NAMED_UNITS, registerComparedV1, type registerComparisonRequestedV1 } from '@app/contracts';
import { Database, type Executor, findRegisteredUnits, findRegisterVersion } from '@app/database';
import { compareRegisters, type RegisterChanges, type RegisteredUnit } from '@app/domain';
import { SourceError } from '@app/elexon';
import { addToOutbox, newEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { WindRegisterService } from './wind-register.service.js';

type Request = EventOf<typeof registerComparisonRequestedV1>;

const UNCHANGED: RegisterChanges = { added: [], removed: [], changed: [] };

/** Compares Elexon's register of BM units with the stored one, and stores it where that is asked for. */
@Injectable()
export class CompareRegisterService {
  private readonly logger = new Logger(CompareRegisterService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WindRegisterService) private readonly register: WindRegisterService,
  ) {}

  async compare(request: Request): Promise<void> {
    const fetchedAt = new Date().toISOString();
    let units: RegisteredUnit[] | undefined;
    let failed: string | null = null;
    try {
      units = await this.register.fetchUnits();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failed = error.message;
    }
    await this.database.transaction(async (transaction) => {
      const stored = await findRegisteredUnits(transaction);
      const found = units ?? stored;
      const changes = units === undefined ? UNCHANGED : compareRegisters(stored, units);
      if (units !== undefined && request.data.apply) await this.register.store(transaction, units, fetchedAt);
      await announce(transaction, request, { failed, found, changes });
    });
    this.logger.log({ msg: 'unit register compared', applied: request.data.apply, failed });
  }
}

async function announce(
  transaction: Executor,
  request: Request,
  { failed, found, changes }: { failed: string | null; found: readonly RegisteredUnit[]; changes: RegisterChanges },
): Promise<void> {
  const { requestId, jobId } = request.data;
  const { added, removed, changed } = changes;
  const data = {
    requestId,
    jobId,
    failed,
    version: await findRegisterVersion(transaction),
    counts: {
      units: found.length,
      windFarms: found.filter((unit) => unit.countedAsWind).length,
      added: added.length,
      removed: removed.length,
      changed: changed.length,
    },
    added: added.slice(0, MAX_NAMED_UNITS).map(named),
    removed: removed.slice(0, MAX_NAMED_UNITS).map(named),
    changed: changed.slice(0, MAX_NAMED_UNITS).map(({ unit, fields }) => ({ ...named(unit), fields: [...fields] })),
  };
  const event = newEvent(registerComparedV1, data, { source: 'ingestion', causation: request });
  await addToOutbox(transaction, 'ingestion', [event]);
}

function named({ farmId, name, leadParty, countedAsWind }: RegisteredUnit) {
  return { farmId, name, leadParty, countedAsWind };
}

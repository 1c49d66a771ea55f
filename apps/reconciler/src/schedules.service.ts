import { countAutomaticJobs, Database, findIngestedDates } from '@app/database';
import {
  addDays,
  datesToVerify,
  type Due,
  latestDue,
  type Schedule,
  VERIFIED_FROM,
  weeklyVerification,
  WindfallError,
} from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { config } from './config.js';
import { type AnyRequest } from './job-steps.js';
import { SCHEDULE, SubmitJobService } from './submit-job.service.js';

interface ScheduledWork {
  kind: AnyRequest['kind'];
  schedule: Schedule;
  requests(due: Due): Promise<AnyRequest[]> | AnyRequest[];
}

/**
 * Submits what is due by the clock in London. Each minute it looks what was due last, so a run that was missed, by a pause or
 * because its hour was skipped, comes late, and only the latest of each. The idempotency key names the kind and the London date:
 * replicas, an hour that comes twice, and a CronJob with the same key and the operator key `schedule` make one run.
 */
@Injectable()
export class SchedulesService {
  private readonly logger = new Logger(SchedulesService.name);

  private readonly work: readonly ScheduledWork[] = [
    {
      kind: 'daily-check',
      schedule: { weekday: null, hour: 2 },
      requests: () => [{ kind: 'daily-check', reason: 'daily check' }],
    },
    {
      kind: 'reconcile',
      schedule: { weekday: 7, hour: 1 },
      requests: () => [{ kind: 'reconcile', reason: 'weekly reconciliation' }],
    },
    {
      kind: 'verify',
      schedule: weeklyVerification,
      requests: async ({ date }) => {
        const stored = await findIngestedDates(this.database, VERIFIED_FROM, addDays(date, -1));
        return datesToVerify(date, stored).map((past) => ({
          kind: 'verify',
          date: past,
          reason: 'weekly verification of random past dates',
        }));
      },
    },
  ];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SubmitJobService) private readonly jobs: SubmitJobService,
  ) {}

  @Cron('0 * * * * *')
  async look(): Promise<void> {
    if (config.SCHEDULES === 'on') await this.submitDue(new Date().toISOString());
  }

  /** @param nowAt the present, ISO 8601 */
  async submitDue(nowAt: string): Promise<void> {
    for (const work of this.work) {
      try {
        await this.submitLatest(work, latestDue(work.schedule, nowAt));
      } catch (error) {
        this.logger.error({ msg: 'A scheduled job could not be submitted; trying again', kind: work.kind, err: error });
      }
    }
  }

  private async submitLatest(work: ScheduledWork, due: Due): Promise<void> {
    const { kind } = work;
    const { since, anyBefore } = await countAutomaticJobs(this.database, kind, due.dueAt);
    if (!anyBefore || since > 0) return;
    for (const [index, request] of (await work.requests(due)).entries()) {
      const idempotencyKey = index === 0 ? `${kind} ${due.date}` : `${kind} ${due.date} ${index + 1}`;
      await this.submitOnce(request, idempotencyKey);
    }
  }

  private async submitOnce(request: AnyRequest, idempotencyKey: string): Promise<void> {
    try {
      await this.jobs.submit({ request, requestedBy: SCHEDULE, idempotencyKey });
    } catch (error) {
      // Somebody else had this run, with other words.
      if (!(error instanceof WindfallError) || error.code !== 'idempotency-conflict') throw error;
    }
  }
}

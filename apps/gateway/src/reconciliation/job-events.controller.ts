import { Readable } from 'node:stream';
import { type StoredJobEvent } from '@app/database';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { unknownName } from '../figures/known-names.service.js';
import { LastEventId, lastEventIdHeader } from '../http/last-event-id.js';
import { noQuery } from '../http/no-query.js';
import { JobEventsService } from './job-events.service.js';
import { jobParameter } from './job.dto.js';

const MEDIA_TYPE = 'text/event-stream';
/** How long a client waits before it comes back, milliseconds. */
const COME_BACK_AFTER_MS = 1_000;
/** How long a client is given to read what is left when the gateway ends. */
const END_WITHIN_MS = 1_000;

/** What happens to a job, as it happens. */
@ApiTags('Jobs')
@Controller('api/reconciliation/jobs/:id/events')
export class JobEventsController {
  constructor(private readonly jobEvents: JobEventsService) {}

  @Get()
  @ApiOperation({
    summary: 'Follow a job: server-sent events, since it came in or was resumed, or from after Last-Event-ID',
    description:
      'An event `item` for each change of a date (`settlementDate`, `state`, `attempts`, `cause`, `before`, `after`, `at`) and ' +
      '`job` for each change of the job (`state`, `cause`, `totals`, `at`). Ids count from 1 without gaps. The stream begins ' +
      'where the job was queued last, and ends with the job; who comes back after that is answered 204.',
  })
  @ApiHeader(lastEventIdHeader)
  @ApiProduces(MEDIA_TYPE)
  @ApiResponse({
    status: 200,
    description: 'Events until the job has ended',
    content: {
      [MEDIA_TYPE]: {
        schema: { type: 'string' },
        example:
          'id: 2\nevent: item\ndata: {"settlementDate":"2025-05-26","state":"running","attempts":0,"cause":null,"before":null,"after":null,"at":"2025-06-01T08:00:00.100Z"}\n\n',
      },
    },
  })
  @ApiResponse({ status: 204, description: 'The job has ended, and all of it was told' })
  async follow(
    @Param({ schema: jobParameter }) { id }: { id: string },
    @Query({ schema: noQuery }) _query: object,
    @LastEventId() lastEventId: number | null,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const first = await this.jobEvents.first(id, lastEventId);
    if (first === undefined) {
      throw unknownName('unknown-job', 'id', `There is no job ${id}.`, 'listed by /api/reconciliation/jobs');
    }
    if (first.ended && first.events.length === 0) {
      void reply.code(204).send();
      return;
    }
    const after = lastEventId ?? (first.events[0]?.sequence ?? 1) - 1;
    const gone = new AbortController();
    // Whoever does not read does not notice the end, and would hold up ours.
    const leave = (): unknown => setTimeout(() => reply.raw.destroy(), END_WITHIN_MS).unref();
    const { stopping } = this.jobEvents;
    if (stopping.aborted) leave();
    stopping.addEventListener('abort', leave);
    reply.raw.on('close', () => {
      gone.abort();
      // By hand: of many listeners that another signal should remove at their end, all but the last one stay.
      stopping.removeEventListener('abort', leave);
    });
    void reply
      .header('content-type', `${MEDIA_TYPE}; charset=utf-8`)
      .header('cache-control', 'no-store')
      // A proxy that collects the answer before it passes it on would make the events useless.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(textOf(this.jobEvents.events(id, after, gone.signal))));
  }
}

/** One by one, so that a client who reads slowly holds up nobody and fills no memory. */
async function* textOf(events: AsyncIterable<StoredJobEvent | null>): AsyncGenerator<string> {
  yield `retry: ${COME_BACK_AFTER_MS}\n\n`;
  for await (const event of events) {
    if (event === null) {
      yield ': still here\n\n';
      continue;
    }
    const { sequence, at, settlementDate, data } = event;
    const name = settlementDate === null ? 'job' : 'item';
    const told = settlementDate === null ? { ...data, at } : { settlementDate, ...data, at };
    yield `id: ${sequence}\nevent: ${name}\ndata: ${JSON.stringify(told)}\n\n`;
  }
}

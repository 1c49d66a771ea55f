import { Controller, Get, Inject, type MessageEvent, Query, Sse } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { exhaustMap, map, type Observable, take, timer } from 'rxjs';
import { CLOCK, type Clock } from '../clock.js';
import { noQuery } from '../http/no-query.js';
import {
  diagnostics,
  diagnosticsTest,
  type MonitorQuery,
  monitorQuery,
  type ServedDiagnostics,
  type ServedDiagnosticsTest,
} from './diagnostics.dto.js';
import { DiagnosticsService } from './diagnostics.service.js';

const EVERY_MS = 1_000;

/** How the stores and the source are doing, and what to do about it. */
@ApiTags('Diagnostics')
@Controller('api/diagnostics')
export class DiagnosticsController {
  constructor(
    private readonly service: DiagnosticsService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Latency, load and reachability, with advice and a risk grade' })
  @ApiOkResponse({ description: 'What was measured now', standardSchema: diagnostics })
  async diagnose(@Query({ schema: noQuery }) _query: object): Promise<ServedDiagnostics> {
    return await this.measure();
  }

  @Get('test')
  @ApiOperation({ summary: 'Connections and queries of three kinds, each several times' })
  @ApiOkResponse({ description: 'How long they took', standardSchema: diagnosticsTest })
  async test(@Query({ schema: noQuery }) _query: object): Promise<ServedDiagnosticsTest> {
    const probes = await this.service.test();
    const { risk, findings } = await this.measure();
    return { probes, risk, findings };
  }

  @Sse('monitor')
  @ApiOperation({ summary: 'The same once a second, as server-sent events' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'An event each second; the stream ends after the last', schema: { type: 'string' } })
  monitor(@Query({ schema: monitorQuery }) { seconds }: MonitorQuery): Observable<MessageEvent> {
    return timer(0, EVERY_MS).pipe(
      // One at a time: a measurement that takes longer than a second leaves out a beat.
      exhaustMap(() => this.measure()),
      map((data, index): MessageEvent => ({ id: String(index + 1), type: 'diagnostics', data })),
      take(seconds),
    );
  }

  private async measure(): Promise<ServedDiagnostics> {
    const { findings, ...rest } = await this.service.diagnose();
    return { ...rest, findings: [...findings], asOfAt: this.now() };
  }
}

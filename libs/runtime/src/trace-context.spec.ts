import { trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activeTraceparent, continueTrace, traceIdOf } from './trace-context.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const REMOTE = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

describe('trace context', () => {
  const provider = new NodeTracerProvider();
  beforeAll(() => provider.register());
  afterAll(() => provider.shutdown());

  it('is none outside of a span', () => {
    expect(activeTraceparent()).toBeUndefined();
  });

  it('goes on with the first trace it is given, in a span of its own', async () => {
    const inside = await continueTrace('work', [undefined, REMOTE, REMOTE.replace('4bf9', '0000')], () =>
      Promise.resolve(activeTraceparent()),
    );
    expect(traceIdOf(inside)).toBe(TRACE_ID);
    expect(inside).not.toBe(REMOTE);
    expect(activeTraceparent()).toBeUndefined();
  });

  it.each([undefined, '', 'nonsense', `${REMOTE}-more`])('begins a trace of its own after %j', async (given) => {
    const inside = await continueTrace('work', [given], () => Promise.resolve(activeTraceparent()));
    expect(traceIdOf(inside)).toMatch(/^[0-9a-f]{32}$/);
    expect(traceIdOf(inside)).not.toBe(TRACE_ID);
  });

  it('hands on what the work throws', async () => {
    const failing = continueTrace('work', [REMOTE], () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});

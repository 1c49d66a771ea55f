import { calculationCompletedV1, curtailmentIngestedV1 } from '@app/contracts';
import { continueTrace, traceIdOf } from '@app/runtime';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEvent } from './new-event.js';

const { data } = calculationCompletedV1.example;
const cause = {
  ...curtailmentIngestedV1.example,
  traceparent: '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1111111111111111-01',
};
const other = '00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-2222222222222222-01';

describe('newEvent', () => {
  const provider = new NodeTracerProvider();
  beforeAll(() => provider.register());
  afterAll(() => provider.shutdown());

  it('fills the envelope and says on which subject it travels', () => {
    const { channel, event } = newEvent(calculationCompletedV1, data, { source: 'calculator', causation: cause });
    expect(channel).toBe('calculation.completed.v1');
    expect(event).toEqual({
      specversion: '1.0',
      id: 'calculation.completed:2025-03-06:2',
      source: 'calculator',
      type: 'calculation.completed',
      time: expect.stringMatching(/Z$/),
      subject: '2025-03-06',
      datacontenttype: 'application/json',
      causationid: cause.id,
      traceparent: cause.traceparent,
      data,
    });
  });

  it('has neither cause nor trace when there is none', () => {
    const { event } = newEvent(calculationCompletedV1, data, { source: 'calculator' });
    expect(event).not.toHaveProperty('causationid');
    expect(event).not.toHaveProperty('traceparent');
  });

  it('hangs under the running span when that belongs to the trace of the cause', async () => {
    const { event } = await continueTrace('handle', [cause.traceparent, other], () =>
      Promise.resolve(newEvent(calculationCompletedV1, data, { source: 'calculator', causation: cause })),
    );
    expect(traceIdOf(event.traceparent)).toBe(traceIdOf(cause.traceparent));
    expect(event.traceparent).not.toBe(cause.traceparent);
  });

  it('goes on with the trace of its own cause among a set of several traces', async () => {
    const { event } = await continueTrace('handle', [other, cause.traceparent], () =>
      Promise.resolve(newEvent(calculationCompletedV1, data, { source: 'calculator', causation: cause })),
    );
    expect(event.traceparent).toBe(cause.traceparent);
  });

  it('takes the trace it is told, such as that of a stored job', () => {
    const { event } = newEvent(calculationCompletedV1, data, { source: 'reconciler', traceparent: other });
    expect(event.traceparent).toBe(other);
  });

  it('refuses data that the contract does not allow', () => {
    expect(() => newEvent(calculationCompletedV1, { ...data, revision: 0 }, { source: 'calculator' })).toThrow(
      'revision',
    );
  });
});

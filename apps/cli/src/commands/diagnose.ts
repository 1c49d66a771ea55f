import { defineCommand, type Surroundings } from '../command.js';
import { CommandFailure, type ExitCode, exitCodes } from '../exit-codes.js';
import { asEvents, type Gateway, type Schemas } from '../gateway/gateway.js';
import { oneOf, option, optionalArgument, wholeNumber } from '../parameters.js';
import { describeDiagnostics, describeMeasurement, describeProbes } from '../text/describe-diagnostics.js';

const DEFAULT_SECONDS = 60;

export const diagnose = defineCommand({
  name: 'diagnose',
  group: 'Look',
  summary: 'how the stores and the source are doing, with advice; exit code 1 when the risk is high or critical',
  parameters: {
    what: optionalArgument(
      'what',
      'analyze: measure once (default); test: try each store several times; monitor: measure once a second',
      oneOf(['analyze', 'test', 'monitor']),
    ),
    seconds: option('--seconds <seconds>', `for how long to monitor (default ${DEFAULT_SECONDS})`, wholeNumber(1, 600)),
  },
  examples: ['windfall diagnose', 'windfall diagnose test --json', 'windfall diagnose monitor --seconds 60'],
  notes:
    'monitor prints a line a second, of JSON where nobody is at the terminal; the worst of them decides its exit code.',
  async run({ gateway, output }, { what = 'analyze', seconds }) {
    if (what === 'monitor') return await monitor({ gateway, output }, seconds ?? DEFAULT_SECONDS);
    if (seconds !== undefined) throw new CommandFailure(exitCodes.wrongUsage, '--seconds is for monitor alone.');
    if (what === 'test') {
      const tested = await gateway.answer(gateway.routes.GET('/api/diagnostics/test'));
      output.result(tested, describeProbes);
      return exitCodeOf(tested);
    }
    const found = await gateway.answer(gateway.routes.GET('/api/diagnostics'));
    output.result(found, describeDiagnostics);
    return exitCodeOf(found);
  },
});

async function monitor({ gateway, output }: Pick<Surroundings, 'gateway' | 'output'>, seconds: number) {
  let worst: ExitCode = exitCodes.fine;
  for await (const found of measurements(gateway, seconds)) {
    output.resultLine(found, describeMeasurement);
    worst ||= exitCodeOf(found);
  }
  return worst;
}

async function* measurements(gateway: Gateway, seconds: number): AsyncGenerator<Schemas['Diagnostics']> {
  const query = { seconds };
  const events = await gateway.events(
    gateway.routes.GET('/api/diagnostics/monitor', { params: { query }, ...asEvents }),
  );
  for await (const { data } of events ?? []) yield JSON.parse(data) as Schemas['Diagnostics'];
}

/** A medium risk is worth reading, and nothing to be woken up for. */
function exitCodeOf({ risk }: Pick<Schemas['Diagnostics'], 'risk'>): ExitCode {
  return risk === 'high' || risk === 'critical' ? exitCodes.failed : exitCodes.fine;
}

import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { plain } from '../text/paint.js';
import { table } from '../text/table.js';

/** Each command, script and route that the platform has ever promised, and what does its work now. */
const successors: readonly (readonly [was: string, now: string])[] = [
  ['unified_reconciliation status', 'windfall status'],
  ['reconciliation_manager status', 'windfall status'],
  ['efficient_reconciliation status', 'windfall status'],
  ['unified_reconciliation analyze', 'windfall analyze [--from FROM --to TO]'],
  ['reconciliation_manager analyze', 'windfall analyze [--from FROM --to TO]'],
  ['connection_timeout_analyzer analyze', 'windfall diagnose'],
  ['connection_timeout_analyzer test', 'windfall diagnose test'],
  ['connection_timeout_analyzer monitor', 'windfall diagnose monitor --seconds 60'],
  ['reconciliation_manager diagnose', 'windfall diagnose'],
  ['verify_and_fix_data DATE verify', 'windfall verify DATE'],
  ['check_elexon_data DATE METHOD', 'windfall verify DATE --sampling METHOD'],
  ['verify_and_fix_DATE_TIME.log', 'windfall report ID'],
  ['unified_reconciliation reconcile BATCH', 'windfall reconcile --batch-size BATCH'],
  ['reconciliation_manager fix BATCH', 'windfall reconcile --batch-size BATCH'],
  ['efficient_reconciliation reconcile BATCH', 'windfall reconcile --batch-size BATCH'],
  ['updateHistoricalCalculations', 'windfall reconcile'],
  ['unified_reconciliation date DATE', 'windfall date DATE'],
  ['unified_reconciliation range FROM TO BATCH', 'windfall range FROM TO --batch-size BATCH'],
  ['unified_reconciliation critical DATE', 'windfall critical DATE'],
  ['minimal_reconciliation critical-date DATE', 'windfall critical DATE'],
  ['optimized_critical_date_processor DATE A B', 'windfall critical DATE --periods A-B'],
  ['minimal_reconciliation most-critical', 'windfall most-critical'],
  ['minimal_reconciliation sequence DATE N', 'windfall sequence DATE --batch-size N'],
  ['unified_reconciliation spot-fix DATE PERIOD FARM', 'windfall spot-fix DATE PERIOD FARM'],
  ['minimal_reconciliation spot-fix DATE PERIOD FARM', 'windfall spot-fix DATE PERIOD FARM'],
  ['efficient_reconciliation resume', 'windfall resume [JOB]'],
  ['daily_reconciliation_check DAYS FORCE', 'windfall daily-check --days DAYS [--force]'],
  ['verify_and_fix_data DATE fix', 'windfall fix DATE'],
  ['verify_and_fix_data DATE force-fix', 'windfall force-fix DATE'],
  ['complete_reingestion_process DATE', 'windfall ingest DATE'],
  ['reingest-data DATE', 'windfall ingest DATE'],
  ['process_complete_cascade DATE', 'windfall ingest DATE'],
  ['process_all_periods DATE', 'windfall ingest DATE'],
  ['POST /api/ingest/DATE', 'windfall ingest DATE'],
  ['batch_process_periods DATE A B', 'windfall ingest DATE --periods A-B'],
  ['reingest_single_batch DATE A B', 'windfall ingest DATE --periods A-B'],
  ['ingestMonthlyData YYYY-MM A B', 'windfall ingest-month YYYY-MM --days A-B'],
  ['process_bitcoin_optimized', 'windfall calculate FROM [TO]'],
  ['fix_incomplete_data_optimized', 'windfall calculate FROM [TO]'],
  ['curtailment.ts process-date DATE', 'windfall ingest DATE'],
  ['bitcoinService.ts process-date DATE MODEL', 'windfall calculate DATE --model MODEL'],
  ['bitcoinService.ts recalculate-monthly YYYY-MM', 'windfall summarize YYYY-MM'],
  ['bitcoinService.ts recalculate-yearly YYYY', 'windfall summarize YYYY'],
  ['verify_dates, verify_service', 'windfall verify DATE'],
  ['process_curtailment', 'windfall ingest DATE'],
  ['process_bitcoin', 'windfall calculate FROM [TO]'],
  ['fix_incomplete_data', 'windfall fix DATE'],
  ['update_summaries_for_march_25', 'windfall summarize 2025-03'],
  ['processDifficultyMismatch', 'windfall difficulty-mismatch [--fix]'],
  ['update_summaries, process_monthly, process_yearly', 'windfall summarize FROM [TO]'],
  ['updateBmuMapping', 'windfall bmu-mapping [--apply]'],
  ['update_wind_generation_data DAYS FORCE', 'windfall wind-generation FROM [TO]'],
  ['run_migration, run_wind_data_migration', 'npm run migrate'],
  ['daily_reconciliation_checkpoint.json', 'windfall jobs, windfall job ID'],
  ['reconciliation_checkpoint.json', 'windfall jobs, windfall job ID'],
];

const notes = table(
  [
    { title: 'was', cell: ([was]) => was },
    { title: 'now', cell: ([, now]) => now },
  ],
  successors,
  plain,
);

export const legacy: Command = defineCommand({
  name: 'legacy',
  group: 'Keep',
  summary: 'what became of the commands of the first platform',
  parameters: {},
  examples: ['windfall help legacy'],
  notes,
  run({ output }) {
    output.result(
      successors.map(([was, now]) => ({ was, now })),
      () => notes,
    );
    return Promise.resolve(exitCodes.fine);
  },
});

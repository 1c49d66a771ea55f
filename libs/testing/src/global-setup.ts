import { startTestRun } from './test-run.js';

export default startTestRun;

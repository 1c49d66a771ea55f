import { stopTestRun } from './test-run.js';

export default stopTestRun;

export { DifficultyTable, type DifficultyTableOptions } from './difficulty-table.js';
export { knownRetargets } from './known-retargets.js';

export { DifficultyTable, type DifficultyTableOptions } from './difficulty-table.js';
export { RetargetSource } from './retarget-source.js';
export { knownRetargets } from './known-retargets.js';

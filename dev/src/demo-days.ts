/**
 * The days of the demo: a windy one, a quiet one, and the latest of 46 and of 50 periods. The latest whose difficulty is
 * known and final, that is: a simulated feed has any day, but the known difficulty ends in June 2026.
 */
export const demoDays = ['2025-05-26', '2025-05-24', '2026-03-29', '2025-10-26'] as const;

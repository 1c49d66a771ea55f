/**
 * Wind farms that the unit register does not type WIND. Without this list their curtailment would be missing.
 *
 * Source: the register of October 2025 names both as wind farms with an empty fuel type; technology and site agree with the
 * renewable energy planning database.
 */
export const WIND_FARMS_NOT_TYPED_WIND: ReadonlySet<string> = new Set([
  'E_GFLDW-1', // Goole Fields
  'E_KHLLW-1', // Kirk Hill
]);

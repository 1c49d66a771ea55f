import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { homeFolder } from './home-folder.js';

describe('the home folder', () => {
  it('keeps simulated days apart from real ones unless it is named', () => {
    const unset = { checkout: process.cwd(), stateFolder: undefined };
    expect(homeFolder(unset, true)).toBe(join(homeFolder(unset, false), 'demo'));
    const named = { ...unset, stateFolder: '/srv/windfall' };
    expect([homeFolder(named, true), homeFolder(named, false)]).toEqual(['/srv/windfall', '/srv/windfall']);
  });
});

import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolders } from '@app/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CannotStart } from './cannot-start.js';
import { mayEnter, userForPostgres } from './os-user.js';
import { defaultStateFolder, prepareStateFolder } from './state-folder.js';

const user = userForPostgres();
const asRoot = user === undefined ? it.skip : it;

describe('the state folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = testFolders('state').state;
  });

  it('lies in the checkout', () => {
    expect(defaultStateFolder(folder)).toBe(join(folder, '.windfall'));
  });

  asRoot('lies below /var/lib when root works where nobody else may enter', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });

    expect(defaultStateFolder(closed)).toMatch(/^\/var\/lib\/windfall\/closed-[0-9a-f]{8}$/);
  });

  asRoot('can be entered by the user PostgreSQL runs as, whatever the umask', () => {
    const umask = process.umask(0o077);
    const { state, logs } = prepareStateFolder(join(folder, 'a/b'));
    process.umask(umask);

    expect(user && mayEnter(user, state)).toBe(true);
    expect(user && mayEnter(user, logs)).toBe(false);
  });

  (user === undefined ? it : it.skip)('is closed to others when a normal user makes it', () => {
    expect(statSync(prepareStateFolder(join(folder, 'a')).state).mode & 0o777).toBe(0o700);
  });

  it('is refused in one line when it is no folder', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => prepareStateFolder(file)).toThrow(
      new CannotStart(`The state folder ${file} cannot be used (ENOTDIR): set WINDFALL_HOME to a writable folder`),
    );
  });

  asRoot('is refused in one line when PostgreSQL could not reach it', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    expect(() => prepareStateFolder(join(closed, 'state'))).toThrow(/cannot be entered by nobody, as whom PostgreSQL/);
  });
});

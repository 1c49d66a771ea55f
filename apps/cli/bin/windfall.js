#!/usr/bin/env node
// Runs the command line; in a checkout whose sources are newer than what was built of them, builds first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(checkout, 'dist/apps/cli/src/main.js');

/** When a file of these folders was last changed; an image has no sources. */
function changedAt(folder) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

function isCurrent() {
  if (!existsSync(program)) return false;
  return ['apps/cli/src', 'libs/domain/src', 'libs/embedded/src'].every(
    (part) => changedAt(join(checkout, part)) <= changedAt(join(checkout, 'dist', part)),
  );
}

/** Says nothing unless it fails: stdout is for results, stderr for what people should read. */
function build() {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'build'], { cwd: checkout });
  if (status === 0) return;
  process.stderr.write(Buffer.concat([stdout, stderr]));
  process.exit(1);
}

if (!isCurrent()) build();
await import(program);

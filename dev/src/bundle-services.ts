import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { services } from '@app/domain';
import { build, type Plugin } from 'esbuild';

// This file is dist/dev/src/bundle-services.js.
const dist = fileURLToPath(new URL('../../', import.meta.url));
const bundles = join(dist, 'services');

/** What stays in node_modules, and why. */
const external = [
  // They find files of their own beside themselves.
  'piscina',
  'swagger-ui-dist',
  // Not installed: what Nest would load for features that no service has.
  '@fastify/multipart',
  '@fastify/view',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'amqp-connection-manager',
  'class-transformer',
  'class-validator',
  'ioredis',
  'kafkajs',
  'mqtt',
];

/**
 * Telemetry observes pg as it is loaded from node_modules, and must be there before. So it is required where it is imported for
 * the first time: the import of what is outside of a file comes before all that is in it.
 */
const requirePg: Plugin = {
  name: 'require-pg',
  setup(plugins) {
    plugins.onResolve({ filter: /^pg$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'required' } : { path, external: true },
    );
    plugins.onLoad({ filter: /^pg$/, namespace: 'required' }, () => ({ contents: `module.exports = require('pg')` }));
  },
};

/**
 * Makes of each built service one file. Of the 2,000 that it consists of, most belong to libraries, and finding and linking
 * them costs three times as much as all else that it does until it is ready.
 */
async function bundleServices(): Promise<void> {
  // `../data` of the library of difficulties, which is in these files now.
  cpSync(join(dist, 'libs/difficulty/data'), join(dist, 'data'), { recursive: true });
  await build({
    absWorkingDir: dist,
    entryPoints: [
      ...services.map((service) => ({ in: `apps/${service}/src/main.js`, out: service })),
      // A thread of ingestion, which looks for it beside itself.
      { in: 'apps/ingestion/src/read-period.worker.js', out: 'read-period.worker' },
    ],
    outdir: bundles,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external,
    plugins: [requirePg],
    // The names of classes are the contexts of log lines.
    keepNames: true,
    // The source of a program stays in its memory: twice as large as it could be, and doubly so for a dash in some comment.
    minifyWhitespace: true,
    legalComments: 'external',
    lineLimit: 200,
    // Libraries of CommonJS expect these three of Node.
    banner: {
      js: [
        "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
        'const { filename: __filename, dirname: __dirname } = import.meta;',
      ].join('\n'),
    },
    logLevel: 'warning',
  });
}

await bundleServices();

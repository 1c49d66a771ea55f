const swc = (type) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type },
    sourceMaps: 'inline',
  },
];

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  // Two packages are published as ES modules only and yet required by CommonJS ones.
  transform: { '^.+\\.ts$': swc('es6'), '/node_modules/(content-disposition|cookie)/.+\\.js$': swc('commonjs') },
  transformIgnorePatterns: ['/node_modules/(?!(content-disposition|cookie)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.windfall/'],
};

const withStores = {
  // The built ones: jest loads these two outside of its module system, which alone reads TypeScript.
  globalSetup: './dist/libs/testing/src/global-setup.js',
  globalTeardown: './dist/libs/testing/src/global-teardown.js',
};

export default {
  // One more than the cores of a small machine: a spec that kills services and waits for them leaves part of a core unused.
  maxWorkers: 3,
  testSequencer: './jest.sequencer.js',
  // Real stores on a busy machine; whoever waits says for what, so this is only the end of patience.
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,dev,bench}/**/*.spec.ts'] },
    { ...common, ...withStores, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,dev}/**/*.int-spec.ts'] },
    { ...common, ...withStores, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
  ],
};

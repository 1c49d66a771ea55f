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
  globalSetup: './libs/testing/src/global-setup.ts',
  globalTeardown: './libs/testing/src/global-teardown.ts',
};

export default {
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,dev,bench}/**/*.spec.ts'] },
    { ...common, ...withStores, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,dev}/**/*.int-spec.ts'] },
    { ...common, ...withStores, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
  ],
};

/**
 * One project per kind of test: `unit` needs nothing and stands beside its source, `corpus` compiles many projects, real and random
 * ones, `integration` needs real servers, which tools/test.mjs starts.
 */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  // Not 'import': with it pg and Nest load twice and instanceof fails.
  testEnvironmentOptions: { customExportConditions: ['@ushadow/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true, tsx: false },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['/dist/', '/\\.next/', '/\\.ushadow/'],
};

const corpusTests = '<rootDir>/libs/*/test/**/*.spec.ts';
const unit = {
  ...common,
  displayName: 'unit',
  testMatch: ['<rootDir>/{libs,apps,tools}/**/*.spec.ts', '!**/libs/*/test/**'],
};
const corpus = { ...common, displayName: 'corpus', testMatch: [corpusTests] };
const servers = (displayName, suffix) => ({
  ...common,
  displayName,
  testMatch: [`<rootDir>/{libs,apps}/**/*${suffix}`, `<rootDir>/e2e/**/*${suffix}`],
});
const integration = {
  ...servers('integration', '.e2e.ts'),
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.e2e\\.ts$'],
};
/**
 * Matrices, faults and random histories, `npm run test:long`: minutes each, for whoever changes what they are about, and before a
 * release.
 */
const long = servers('long', '.long.e2e.ts');

/** The schedules of `npm run test:faults`, too long for every run of the tests: once for each seed. */
const faults = (process.env.USHADOW_FAULTS_SEEDS ?? '').split(',').map((seed) => ({
  ...common,
  displayName: `seed ${seed}`,
  globals: { faultsSeed: Number(seed) },
  testMatch: ['<rootDir>/e2e/faults/rows/*.faults.ts'],
}));

/** What costs of twice the size are, `npm run test:growth`: minutes long, and for a machine that nobody else uses. */
const growth = { ...common, displayName: 'growth', testMatch: ['<rootDir>/apps/**/*.growth.ts'] };

const projects = { unit: [unit], faults, growth: [growth], long: [long] };

export default {
  // Jest takes it here only; in a project it is ignored.
  testTimeout: 120_000,
  projects: projects[process.env.USHADOW_TEST_KIND] ?? [unit, corpus, integration],
};

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
/**
 * Matrices, faults and random histories, `npm run test:long`: minutes each, for whoever changes what they are about, and before a
 * release.
 */
const longTests = [
  'libs/deploy-engine/e2e/transitions-of-(kinds|services|fields)',
  'apps/deployer-service/src/retention/(retention|what-is-needed)\\.store',
  'apps/deployer-service/e2e/stalled-database',
  'apps/(cluster|scanner)-service/e2e/hostile',
  'libs/deploy-engine/e2e/(change|causes-of-controllers)',
  'libs/(compose/testing|kubernetes-schema/test)/(differential|fuzz|kubectl-patch)',
  'apps/compiler-service/e2e/uploads',
  'e2e/(foreign-owners|keys|every-change|spec-fields|kube-version|ending)',
  'e2e/(outage|worker-loss|many-deployments|faults/representative|properties/two-stacks)',
].map((path) => `^${import.meta.dirname}/${path}\\.e2e\\.ts$`);
const servers = { ...common, testMatch: ['<rootDir>/{libs,apps}/**/*.e2e.ts', '<rootDir>/e2e/**/*.e2e.ts'] };
const integration = {
  ...servers,
  displayName: 'integration',
  testPathIgnorePatterns: ['/node_modules/', ...longTests],
};
const long = {
  ...servers,
  displayName: 'long',
  testPathIgnorePatterns: [`^(?!.*(?:${longTests.join('|')}))`],
};

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

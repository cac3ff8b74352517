import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { boundaries, boundariesOfServerTests, boundariesOfTests } from './tools/lint/boundaries.mjs';
import { fileSizes } from './tools/lint/file-size.mjs';
import { IMPURE_FILES, PURE_FILES, pureRules } from './tools/lint/pure-code.mjs';

const TESTS = [
  '**/*.spec.ts',
  '**/*.spec.tsx',
  '**/*.e2e.ts',
  '**/*.faults.ts',
  '**/*.growth.ts',
  '**/test/**',
  '**/testing/**',
];

/** The files that may read the environment: a service's configuration and the commands of the workspace. */
const ENVIRONMENT_READERS = [
  'apps/*/src/**/main.ts',
  'apps/*/src/config.ts',
  'apps/web/src/env.ts',
  'apps/web/src/proxy.ts',
  '**/*.config.{ts,mjs}',
  'libs/testing/**',
  'tools/**',
  'bench/**',
  'e2e/**',
  ...TESTS,
];

const ONLY_STORES = 'Only *.store.ts files ask the database.';
/** Of the library of stores: how a service starts, its audit, and what its outbox carries. Neither statements nor connections. */
const KNOWN_BESIDE_STORES = [
  'AuditDraft',
  'AuditFilter',
  'AuditTrail',
  'Claimed',
  'OutboxMessage',
  'OutboxRelay',
  'prepareSchema',
  'RepeatStore',
  'SetAside',
  'Unsendable',
  'whenDatabaseAnswers',
];

const boundaryRule = (depConstraints, options = {}) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    { enforceBuildableLibDependency: true, banTransitiveDependencies: true, allow: [], depConstraints, ...options },
  ],
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/src/generated/**',
      '**/next-env.d.ts',
      'artifacts/**',
      '.ushadow/**',
      'tools/boundary-canary/**',
      '**/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strict],
    rules: {
      'no-undef': 'off', // the compiler knows better
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-extraneous-class': 'off', // Nest's modules are classes without members
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-param-reassign': 'error',
      complexity: ['error', 15],
      'max-depth': ['error', 4],
    },
  },
  {
    // Rules that ask the compiler, for what the compiler's projects include.
    files: ['{apps,libs}/*/src/**/*.{ts,tsx}'],
    ignores: TESTS,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
  { files: ['**/*.{js,mjs}'], rules: { 'no-undef': 'off' } },
  {
    files: ['{apps,libs}/**/*.{ts,tsx}'],
    plugins: { '@nx': nx },
    rules: boundaryRule(boundaries),
  },
  {
    files: TESTS.map((pattern) => `{apps,libs}/${pattern}`),
    plugins: { '@nx': nx },
    rules: boundaryRule(boundariesOfTests),
  },
  {
    files: ['{apps,libs}/**/*.e2e.ts', '{apps,libs}/*/e2e/**'],
    plugins: { '@nx': nx },
    rules: boundaryRule(boundariesOfServerTests, { banTransitiveDependencies: false }),
  },
  {
    files: ['{apps,libs}/**/*.{ts,tsx}'],
    ignores: ENVIRONMENT_READERS,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, in config.ts or main.ts.' },
      ],
    },
  },
  {
    files: ['apps/*-service/src/**/*.ts', 'apps/gateway/src/**/*.ts'],
    ignores: ['**/*.store.ts', '**/database.ts', ...TESTS],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'pg', message: ONLY_STORES },
            { name: '@ushadow/postgres', allowImportNames: KNOWN_BESIDE_STORES, message: ONLY_STORES },
          ],
          patterns: [
            { group: ['@prisma/*'], message: ONLY_STORES },
            { group: ['**/generated/**'], message: ONLY_STORES },
          ],
        },
      ],
    },
  },
  { files: PURE_FILES, ignores: IMPURE_FILES, rules: pureRules },
  ...fileSizes(TESTS),
  { files: ['tools/**', 'bench/**', 'libs/*/scripts/**', ...TESTS], rules: { 'no-console': 'off' } },
  { files: TESTS, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  prettier,
);

// @ts-check
import { builtinModules } from 'node:module';

/** Code that must compute the same everywhere: no input but its arguments, no output but its result. */
export const PURE_FILES = [
  'libs/{contracts,compose,compiler,proxy-labels,scan,environment,diagnose,deploy-engine,kubernetes,kubernetes-schema,templates}/src/**/*.ts',
  'libs/{contracts,compose,compiler,proxy-labels,scan,environment,diagnose,deploy-engine,kubernetes,kubernetes-schema,templates}/src/**/*.tsx',
];

/** Tests may use Node, and the transport of libs/kubernetes is its part for Node. */
export const IMPURE_FILES = ['**/*.spec.ts', '**/*.e2e.ts', '**/testing/**', 'libs/kubernetes/src/transport/**'];

const builtins = builtinModules
  .filter((name) => !name.startsWith('_'))
  .filter((name) => !name.startsWith('node:')) // those with the prefix are banned by a pattern
  .map((name) => ({ name, message: 'Pure code uses no Node built-ins.' }));

const GLOBALS = {
  'reads or ends the process': ['process', 'global', 'navigator'],
  'is Node only; use Uint8Array': ['Buffer'],
  'talks to the outside': ['fetch', 'WebSocket', 'EventSource', 'console', 'require'],
  'waits; take a clock as an argument': [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
    'clearImmediate',
    'performance',
  ],
  'is random; take a source as an argument': ['crypto'],
};

const PROPERTIES = [
  { object: 'Date', property: 'now', message: 'Pure code takes the time as an argument.' },
  { object: 'Math', property: 'random', message: 'Pure code takes randomness as an argument.' },
  { object: 'AbortSignal', property: 'timeout', message: 'Pure code takes a clock as an argument.' },
  ...['process', 'Buffer', 'fetch', 'console', 'crypto', 'setTimeout', 'setInterval'].map((property) => ({
    object: 'globalThis',
    property,
    message: 'Pure code does not reach around the ban on this global.',
  })),
];

const CLOCK_SYNTAX = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Pure code takes the time as an argument.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Pure code takes the time as an argument.' },
];

/** @type {import('eslint').Linter.RulesRecord} */
export const pureRules = {
  'no-restricted-imports': [
    'error',
    {
      paths: [
        ...builtins,
        ...['undici', 'ws'].map((name) => ({ name, message: 'Only the transport talks to servers.' })),
      ],
      patterns: [
        { group: ['node:*'], message: 'Pure code uses no Node built-ins.' },
        { group: ['**/transport/*', '**/transport'], message: 'Pure code works on a port; the transport needs Node.' },
      ],
    },
  ],
  'no-restricted-globals': [
    'error',
    ...Object.entries(GLOBALS).flatMap(([reason, names]) =>
      names.map((name) => ({ name, message: `Not in pure code: it ${reason}.` })),
    ),
  ],
  'no-restricted-properties': ['error', ...PROPERTIES],
  'no-restricted-syntax': ['error', ...CLOCK_SYNTAX],
};

/** Schemas of the shared database, each owned by one service. */
export type SchemaName = 'clusters' | 'catalog' | 'scans' | 'deployments' | 'operations' | 'notifications' | 'access';

/** What the start commands have to know about a service. */
export type ServiceDescription = {
  readonly name: ServiceName;
  /** Built entry point, from the root of the repository. */
  readonly entry: string;
  readonly schema?: SchemaName;
  /** Flags of Node that its memory is measured with; the same as in its own `start` script. */
  readonly nodeFlags?: readonly string[];
};

export type ServiceName =
  | 'cluster-service'
  | 'compiler-service'
  | 'scanner-service'
  | 'deployer-service'
  | 'operations-service'
  | 'notifier-service'
  | 'access-service'
  | 'gateway';

/** Services that keep something encrypted, each under a ring of its own. */
export const KEY_HOLDERS = [
  'cluster-service',
  'compiler-service',
  'deployer-service',
  'notifier-service',
] as const satisfies ServiceName[];
export type KeyHolder = (typeof KEY_HOLDERS)[number];

/** A small young generation; idle, a service needs a fifth less memory with it. */
const SMALL = ['--max-semi-space-size=2'];

/** All services in the order they are started: the gateway last, so that it finds its peers. */
export const SERVICES: readonly ServiceDescription[] = [
  { name: 'cluster-service', entry: 'apps/cluster-service/dist/service.js', schema: 'clusters', nodeFlags: SMALL },
  { name: 'compiler-service', entry: 'apps/compiler-service/dist/service.js', schema: 'catalog', nodeFlags: SMALL },
  {
    name: 'scanner-service',
    entry: 'apps/scanner-service/dist/service.js',
    schema: 'scans',
    nodeFlags: ['--max-semi-space-size=2', '--v8-pool-size=2', '--expose-gc'],
  },
  {
    name: 'deployer-service',
    entry: 'apps/deployer-service/dist/service.js',
    schema: 'deployments',
    nodeFlags: ['--max-semi-space-size=4', '--heap-growing-percent=30'],
  },
  {
    name: 'operations-service',
    entry: 'apps/operations-service/dist/service.js',
    schema: 'operations',
    nodeFlags: SMALL,
  },
  {
    name: 'notifier-service',
    entry: 'apps/notifier-service/dist/service.js',
    schema: 'notifications',
    nodeFlags: SMALL,
  },
  { name: 'access-service', entry: 'apps/access-service/dist/service.js', schema: 'access', nodeFlags: SMALL },
  { name: 'gateway', entry: 'apps/gateway/dist/service.js', nodeFlags: SMALL },
];

export const SCHEMAS: readonly SchemaName[] = SERVICES.flatMap(({ schema }) => schema ?? []);

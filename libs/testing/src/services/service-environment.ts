import type { NatsUser } from '@ushadow/contracts';
import { identityFile, servicesFile } from '../servers/nats/bus-keys.ts';
import { withoutUser } from '../servers/nats/nats-options.ts';
import type { KeyHolder, SchemaName, ServiceDescription, ServiceName } from './catalogue.ts';

/** What one running system shares; each service is given only its part. */
export type SystemSettings = {
  readonly natsUrl: string;
  /** Folder with the keys of everybody on the bus, as `writeBusKeys` leaves it. */
  readonly busKeys: string;
  readonly databaseUrls: Readonly<Record<SchemaName, string>>;
  /** The same as the owners of the schemas. */
  readonly migrationUrls: Readonly<Record<SchemaName, string>>;
  /** Key rings that the audits are sealed with. */
  readonly auditKeys: Readonly<Record<SchemaName, string>>;
  /** Key rings of what is stored encrypted, `id:base64key`: one of each service that does so. */
  readonly keys: Readonly<Record<KeyHolder, string>>;
  readonly composeDirectory: string;
  /** File of variables for every Compose file; none by default. */
  readonly composeEnvFile?: string;
  /** Folders of templates, comma-separated; none by default. */
  readonly templateDirectories?: string;
  /** Folder that manifests are written to; none by default. */
  readonly manifestsDirectory?: string;
  /** Paths of the nodes that services may mount, comma-separated; none by default. */
  readonly hostPaths?: string;
  /** The least strict Pod Security level that a pod may need; any by default. */
  readonly podSecurity?: string;
  /** Service accounts that pods may run as, comma-separated; any by default. */
  readonly serviceAccounts?: string;
  /** Where the start command says how far the sandbox cluster is; by default nobody makes one. */
  readonly sandboxFile?: string;
  readonly gatewayPort: number;
  /** Where people reach the page, for links in notifications; the service's own default unless told. */
  readonly publicUrl?: string;
  readonly logLevel?: string;
  readonly profile?: 'development' | 'test';
};

export type ServiceEnvironment = Readonly<Record<string, string>>;

/** The environment of one service process: the whole contract between the start commands and the services' configs. */
export function serviceEnvironment(
  service: ServiceDescription,
  settings: SystemSettings,
  healthPort: number,
): ServiceEnvironment {
  return {
    ...busEnvironment(settings, BUS_USERS[service.name]),
    LOG_LEVEL: settings.logLevel ?? 'info',
    HEALTH_PORT: String(healthPort),
    USHADOW_PROFILE: settings.profile ?? 'development',
    ...(service.schema ? databaseEnvironment(settings, service.schema) : {}),
    ...OWN_SETTINGS[service.name](settings),
  };
}

function databaseEnvironment(
  { databaseUrls, migrationUrls, auditKeys }: SystemSettings,
  schema: SchemaName,
): ServiceEnvironment {
  return {
    DATABASE_URL: databaseUrls[schema],
    MIGRATION_DATABASE_URL: migrationUrls[schema],
    AUDIT_KEYS: auditKeys[schema],
  };
}

const BUS_USERS: Readonly<Record<ServiceName, NatsUser>> = {
  'cluster-service': 'cluster',
  'compiler-service': 'compiler',
  'scanner-service': 'scanner',
  'deployer-service': 'deployer',
  'operations-service': 'operations',
  'notifier-service': 'notifier',
  'access-service': 'access',
  gateway: 'gateway',
};

/** What gets a process onto the bus as one of its users. */
export function busEnvironment(
  { natsUrl, busKeys }: Pick<SystemSettings, 'natsUrl' | 'busKeys'>,
  user: NatsUser,
): ServiceEnvironment {
  return {
    NATS_URL: withoutUser(natsUrl),
    NATS_IDENTITY: identityFile(busKeys, user),
    NATS_SERVICES: servicesFile(busKeys),
  };
}

const OWN_SETTINGS: Readonly<Record<ServiceName, (settings: SystemSettings) => ServiceEnvironment>> = {
  // Development clusters live on loopback, where a stranger's kubeconfig must not lead otherwise.
  'cluster-service': ({ keys, sandboxFile }) => ({
    USHADOW_KEYS: keys['cluster-service'],
    ALLOW_PRIVATE_CLUSTERS: 'true',
    SANDBOX_FILE: sandboxFile ?? '',
  }),
  'compiler-service': ({ composeDirectory, composeEnvFile, keys, ...own }) => ({
    USHADOW_KEYS: keys['compiler-service'],
    COMPOSE_DIR: composeDirectory,
    COMPOSE_ENV_FILE: composeEnvFile ?? '',
    TEMPLATES_DIR: own.templateDirectories ?? '',
    HOST_PATHS: own.hostPaths ?? '',
    POD_SECURITY: own.podSecurity ?? '',
    ALLOWED_SERVICE_ACCOUNTS: own.serviceAccounts ?? '',
  }),
  'scanner-service': () => ({}),
  'deployer-service': ({ keys, manifestsDirectory }) => ({
    USHADOW_KEYS: keys['deployer-service'],
    MANIFESTS_DIR: manifestsDirectory ?? '',
  }),
  'operations-service': () => ({}),
  'notifier-service': ({ keys, publicUrl }) => ({
    USHADOW_KEYS: keys['notifier-service'],
    ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
  }),
  'access-service': () => ({}),
  gateway: ({ gatewayPort }) => ({
    HOST: '127.0.0.1',
    PORT: String(gatewayPort),
    ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
  }),
};
/** What a service process gets from ours: nothing but what any program needs, so that a developer's settings stay out. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

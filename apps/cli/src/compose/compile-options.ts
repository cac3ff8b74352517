import type {
  CompileOptions,
  CompileResult,
  DeploymentSpec,
  RouteTarget,
  Target,
  WorkloadKindName,
} from '@ushadow/compiler';
import { compile } from '@ushadow/compiler';
import type { ComposeProject, Diagnostic } from '@ushadow/compose';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { UsageError } from '../command.ts';
import type { CommandContext } from '../command.ts';
import type { LoadValues } from './load-options.ts';
import { publicAddresses } from './public-addresses.ts';
import { loadFromDisk } from './load-options.ts';
import { sayGenerated, templateAddresses } from '../template/template-values.ts';

/** The options that say what is compiled for which cluster: the same for every command that compiles. */
export const COMPILE_OPTIONS = {
  namespace: { type: 'string', short: 'n' },
  'create-namespace': { type: 'boolean' },
  'kube-version': { type: 'string' },
  strict: { type: 'boolean' },
  service: { type: 'string', multiple: true },
  controller: { type: 'string' },
  replicas: { type: 'string' },
  'wait-init-containers': { type: 'boolean' },
  'network-policies': { type: 'boolean' },
  'ingress-class': { type: 'string' },
  gateway: { type: 'string' },
  'cluster-issuer': { type: 'string' },
  public: { type: 'string', multiple: true },
  'storage-class': { type: 'string' },
  'storage-size': { type: 'string' },
  'shared-storage': { type: 'boolean' },
  'image-prefix': { type: 'string' },
  'deny-host-paths': { type: 'boolean' },
  'group-by-label': { type: 'boolean' },
  'checksum-key': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export const COMPILE_USAGE = `  -n, --namespace NAME       namespace of the objects; default: default
      --create-namespace     make the namespace as well
      --kube-version V       Kubernetes version of the cluster, for example 1.36
      --strict               warnings are errors
      --service NAME         compile this service only; repeat for several
      --controller KIND      Deployment, StatefulSet or DaemonSet where nothing else decides
      --replicas N           for every service
      --wait-init-containers pods wait for their depends_on, for plain kubectl apply
      --network-policies     services reach each other only over the networks they share
      --ingress-class NAME   class of Ingresses
      --gateway [NS/]NAME    HTTPRoutes of this Gateway instead of Ingresses
      --cluster-issuer NAME  ClusterIssuer of cert-manager for what is reached by TLS
      --public SERVICE=HOST[:PORT][/PATH[#strip]]
                             where it is reached from outside, with the port of its container; #strip: it is asked
                             without the path; repeat
      --storage-class NAME   class of volume claims
      --storage-size SIZE    size of volume claims that name none; default: 1Gi
      --shared-storage       the class can be mounted by many nodes
      --image-prefix TEXT    registry and path for images that are only built
      --deny-host-paths      mounts of node paths are errors
      --group-by-label       services with one kompose.service.group share a pod
      --checksum-key FILE    key of the digest by which pods follow their secrets; default: the variable
                             USHADOW_CHECKSUM_KEY. Without one the digest leaves secrets out
`;

export interface CompileValues extends LoadValues {
  readonly namespace?: string | undefined;
  readonly 'create-namespace'?: boolean | undefined;
  readonly 'kube-version'?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly service?: readonly string[] | undefined;
  readonly controller?: string | undefined;
  readonly replicas?: string | undefined;
  readonly 'wait-init-containers'?: boolean | undefined;
  readonly 'network-policies'?: boolean | undefined;
  readonly 'ingress-class'?: string | undefined;
  readonly gateway?: string | undefined;
  readonly 'cluster-issuer'?: string | undefined;
  readonly public?: readonly string[] | undefined;
  readonly 'storage-class'?: string | undefined;
  readonly 'storage-size'?: string | undefined;
  readonly 'shared-storage'?: boolean | undefined;
  readonly 'image-prefix'?: string | undefined;
  readonly 'deny-host-paths'?: boolean | undefined;
  readonly 'group-by-label'?: boolean | undefined;
  readonly 'checksum-key'?: string | undefined;
}

export interface Compiled {
  /** Findings of the loader, then of the compiler. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ok: boolean;
  /** Absent when the project could not be loaded. */
  readonly result?: CompileResult;
  readonly project?: ComposeProject;
}

/** Loads what the options name from disk and compiles it. */
export function compileFromDisk(values: CompileValues, context: CommandContext): Compiled {
  const loaded = loadFromDisk(values, context);
  sayGenerated(loaded, context);
  if (!loaded.ok || !loaded.project) return { diagnostics: loaded.diagnostics, ok: false };
  const replicas = replicaCount(values.replicas);
  const { services, disabledServices } = loaded.project;
  const names = Object.keys({ ...services, ...disabledServices });
  const result = compile({
    project: loaded.project,
    positions: loaded.positions,
    directory: loaded.directory,
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    templates: loaded.templates,
    files: loaded.port,
    target: { ...targetOf(values), ...checksumKey(values, context) },
    options: optionsOf(values),
    ...(values.service ? { services: values.service } : {}),
    specs: specsOf(names, replicas, new Map([...templateAddresses(loaded), ...publicAddresses(values.public ?? [])])),
  });
  const diagnostics = [...loaded.diagnostics, ...result.diagnostics];
  const refused = values.strict === true && diagnostics.some(({ severity }) => severity !== 'info');
  return { diagnostics, ok: result.ok && !refused, result, project: loaded.project };
}

const KEY_CHARACTERS_MIN = 16;

/** Never an argument itself: arguments are seen by everybody on the machine. */
function checksumKey(
  { 'checksum-key': file }: CompileValues,
  { workingDirectory, environment }: CommandContext,
): Pick<Target, 'checksumKey'> {
  const key = file === undefined ? environment['USHADOW_CHECKSUM_KEY'] : readKey(resolve(workingDirectory, file));
  if (key === undefined || (file === undefined && key === '')) return {};
  if (key.trim().length < KEY_CHARACTERS_MIN)
    throw new UsageError(
      `The checksum key has fewer than ${String(KEY_CHARACTERS_MIN)} characters. Make one with: openssl rand -base64 32`,
    );
  return { checksumKey: key.trim() };
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`The file of --checksum-key cannot be read: ${path}.`);
  }
}

function replicaCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--replicas is a whole number, not ${text}.`);
  return Number(text);
}

const KINDS = { deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet' } as const;

function controllerKind(text: string | undefined): WorkloadKindName | undefined {
  if (text === undefined) return undefined;
  const kind = Object.entries(KINDS).find(([name]) => name === text.toLowerCase())?.[1];
  if (kind === undefined) throw new UsageError(`--controller is Deployment, StatefulSet or DaemonSet, not ${text}.`);
  return kind;
}

function targetOf(values: CompileValues): Target {
  const kind = controllerKind(values.controller);
  const routes = routesOf(values);
  const { 'storage-class': className, 'storage-size': size, 'kube-version': version, 'image-prefix': prefix } = values;
  return {
    namespace: values.namespace ?? 'default',
    storage: {
      shared: values['shared-storage'] === true,
      ...(className === undefined ? {} : { className }),
      ...(size === undefined ? {} : { size }),
    },
    policies: {
      networks: values['network-policies'] === true,
      ...(values['deny-host-paths'] === true ? { pods: { hostPaths: [] } } : {}),
    },
    ...(kind === undefined ? {} : { defaults: { kind } }),
    ...(version === undefined ? {} : { version }),
    ...(routes === undefined ? {} : { routes }),
    ...(prefix === undefined ? {} : { images: { prefix } }),
  };
}

function routesOf(values: CompileValues): RouteTarget | undefined {
  const { gateway, 'ingress-class': className, 'cluster-issuer': name } = values;
  const issuer = name === undefined ? {} : { issuer: { kind: 'ClusterIssuer', name } as const };
  if (gateway !== undefined) {
    const slash = gateway.indexOf('/');
    return slash < 0
      ? { kind: 'gateway', name: gateway, ...issuer }
      : { kind: 'gateway', namespace: gateway.slice(0, slash), name: gateway.slice(slash + 1), ...issuer };
  }
  if (className === undefined && name === undefined) return undefined;
  return { kind: 'ingress', ...(className === undefined ? {} : { className }), ...issuer };
}

function specsOf(
  names: readonly string[],
  replicas: number | undefined,
  addresses: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, DeploymentSpec>> {
  for (const service of addresses.keys())
    if (!names.includes(service))
      throw new UsageError(`--public names "${service}", which is no service of the project.`);
  return Object.fromEntries(
    names.map((name) => {
      const publicAt = addresses.get(name);
      return [
        name,
        { ...(replicas === undefined ? {} : { replicas }), ...(publicAt === undefined ? {} : { publicAt }) },
      ];
    }),
  );
}

function optionsOf(values: CompileValues): CompileOptions {
  return {
    createNamespace: values['create-namespace'] === true,
    strict: values.strict === true,
    waitInitContainers: values['wait-init-containers'] === true,
    groupByLabel: values['group-by-label'] === true,
  };
}

import type { JsonObject, JsonValue } from '../json.ts';
import type { Control, Finding } from './control.ts';
import type { PodParts } from './pod-parts.ts';
import { objectIn, partsIn } from './pod-parts.ts';
import { isSafeSysctl } from './safe-sysctls.ts';

const CAPABILITIES: ReadonlySet<JsonValue> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);
const SELINUX_TYPES: ReadonlySet<JsonValue | undefined> = new Set([
  ...[undefined, ''],
  ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'],
]);
const PROFILES: ReadonlySet<JsonValue | undefined> = new Set([undefined, 'RuntimeDefault', 'Localhost']);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const HOST_NAMESPACES = { hostNetwork: 'network', hostPID: 'processes', hostIPC: 'IPC' } as const;

/** What the level `baseline` forbids, as of Kubernetes 1.37. */
export const BASELINE: readonly Control[] = [
  {
    name: 'privileged',
    find: ({ contexts }) =>
      contexts
        .filter(({ value }) => value['privileged'] === true)
        .map(({ at }) => ({ pointer: `${at}/privileged`, what: 'privileged' })),
  },
  {
    name: 'hostNamespaces',
    find: ({ spec }) =>
      Object.entries(HOST_NAMESPACES)
        .filter(([field]) => spec[field] === true)
        .map(([field, what]) => ({ pointer: `/spec/${field}`, what: `${what} of the node` })),
  },
  {
    name: 'hostPathVolumes',
    find: ({ spec }) =>
      partsIn(spec['volumes'], '/spec/volumes')
        .filter(({ value }) => isSet(value['hostPath']))
        .map(({ value, at }) => ({
          pointer: `${at}/hostPath`,
          what: `path ${word(objectIn(value['hostPath'])['path'])} of the node`,
        })),
  },
  {
    name: 'hostPorts',
    find: ({ containers }) =>
      containers
        .flatMap(({ value, at }) => partsIn(value['ports'], `${at}/ports`))
        .filter(({ value }) => isSet(value['hostPort']) && value['hostPort'] !== 0)
        .map(({ value, at }) => ({ pointer: `${at}/hostPort`, what: `port ${word(value['hostPort'])} of the node` })),
  },
  {
    name: 'capabilities',
    find: ({ contexts }) =>
      contexts.flatMap(({ value, at }) =>
        added(value).flatMap((name, index): readonly Finding[] =>
          CAPABILITIES.has(name)
            ? []
            : [{ pointer: `${at}/capabilities/add/${index}`, what: `capability ${word(name)}` }],
        ),
      ),
  },
  {
    name: 'seccompProfile',
    find: ({ contexts }) =>
      contexts
        .filter(({ value }) => !PROFILES.has(objectIn(value['seccompProfile'])['type']))
        .map(({ value, at }) => ({
          pointer: `${at}/seccompProfile`,
          what: `seccomp ${word(objectIn(value['seccompProfile'])['type'])}`,
        })),
  },
  {
    name: 'appArmorProfile',
    find: ({ contexts, annotations }) => [
      ...contexts
        .filter(({ value }) => !PROFILES.has(objectIn(value['appArmorProfile'])['type']))
        .map(({ value, at }) => ({
          pointer: `${at}/appArmorProfile`,
          what: `AppArmor ${word(objectIn(value['appArmorProfile'])['type'])}`,
        })),
      ...Object.entries(annotations)
        .filter(
          ([key, value]) =>
            key.startsWith(APPARMOR_ANNOTATION) && !/^($|runtime\/default$|localhost\/)/.test(word(value)),
        )
        .map(([key]) => ({
          pointer: `/metadata/annotations/${key.replaceAll('/', '~1')}`,
          what: 'AppArmor annotation',
        })),
    ],
  },
  {
    name: 'seLinuxOptions',
    find: ({ contexts }) =>
      contexts.flatMap(({ value, at }) => {
        const options = objectIn(value['seLinuxOptions']);
        const isFine = SELINUX_TYPES.has(options['type']) && !options['user'] && !options['role'];
        return isFine ? [] : [{ pointer: `${at}/seLinuxOptions`, what: 'SELinux options' }];
      }),
  },
  {
    name: 'procMount',
    find: (pod) => (pod.ownUsers ? [] : unmasked(pod)),
  },
  {
    name: 'sysctls',
    find: ({ spec }) =>
      partsIn(objectIn(spec['securityContext'])['sysctls'], '/spec/securityContext/sysctls')
        .filter(({ value }) => typeof value['name'] !== 'string' || !isSafeSysctl(value['name']))
        .map(({ value, at }) => ({ pointer: at, what: `sysctl ${word(value['name'])}` })),
  },
  {
    name: 'hostProbesAndHostLifecycle',
    find: ({ containers }) =>
      containers.flatMap(({ value, at }) =>
        handlersOf(value, at)
          .filter(({ handler }) => isSet(handler['host']) && handler['host'] !== '')
          .map(({ at: place }) => ({ pointer: `${place}/host`, what: 'a check of another host' })),
      ),
  },
  {
    name: 'windowsHostProcess',
    find: ({ contexts }) =>
      contexts
        .filter(({ value }) => objectIn(value['windowsOptions'])['hostProcess'] === true)
        .map(({ at }) => ({ pointer: `${at}/windowsOptions/hostProcess`, what: 'process of the Windows node' })),
  },
];

/** In a pod with users of its own it is nobody else's business, but for the level `restricted`. */
export function unmasked({ contexts }: PodParts): readonly Finding[] {
  return contexts
    .filter(({ value }) => isSet(value['procMount']) && value['procMount'] !== 'Default')
    .map(({ at }) => ({ pointer: `${at}/procMount`, what: 'unmasked /proc' }));
}

export function added(context: JsonObject): readonly JsonValue[] {
  const { add } = objectIn(context['capabilities']);
  return Array.isArray(add) ? (add as readonly JsonValue[]) : [];
}

export function word(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

function handlersOf(
  container: JsonObject,
  at: string,
): readonly { readonly handler: JsonObject; readonly at: string }[] {
  const lifecycle = objectIn(container['lifecycle']);
  return [
    ...PROBES.map((name) => ({ owner: objectIn(container[name]), at: `${at}/${name}` })),
    ...HOOKS.map((name) => ({ owner: objectIn(lifecycle[name]), at: `${at}/lifecycle/${name}` })),
  ].flatMap(({ owner, at: place }) =>
    ['httpGet', 'tcpSocket'].map((kind) => ({ handler: objectIn(owner[kind]), at: `${place}/${kind}` })),
  );
}

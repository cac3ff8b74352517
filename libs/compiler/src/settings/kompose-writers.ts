import { isDnsSubdomain, own, parseQuantity } from '@ushadow/kubernetes';
import type { WorkloadKind } from '../model/settings.ts';
import type { ProbeSettings, RouteSettings, Settings } from '../model/settings.ts';
import { simpleCommand } from '../health/shell-words.ts';
import { durationSeconds } from '../text/measures.ts';
import { splitWords } from '../text/split-words.ts';

/** What one label says, given what came before; undefined when its value makes no sense. */
type Writer = (value: string, settings: Settings, other: (label: string) => string | undefined) => Settings | undefined;

const EXPOSURES: Readonly<Record<string, NonNullable<Settings['exposure']>>> = {
  nodeport: 'NodePort',
  clusterip: 'ClusterIP',
  loadbalancer: 'LoadBalancer',
  headless: 'headless',
};
const KINDS: Readonly<Record<string, WorkloadKind>> = {
  deployment: 'replicated',
  daemonset: 'per-node',
  statefulset: 'stateful',
};
const POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;
const VOLUME_TYPES = ['configMap', 'persistentVolumeClaim', 'emptyDir', 'hostPath'] as const;

const sameWord = <T extends string>(words: readonly T[], value: string): T | undefined =>
  words.find((word) => word.toLowerCase() === value.toLowerCase());

function lookup<K extends keyof Settings>(key: K, table: Readonly<Record<string, Settings[K]>>): Writer {
  return (value) => {
    const found = own(table, value.toLowerCase());
    return found === undefined ? undefined : { [key]: found };
  };
}

function number(key: keyof Settings, max = Number.MAX_SAFE_INTEGER): Writer {
  return (value) => (/^\d+$/.test(value) && Number(value) <= max ? { [key]: Number(value) } : undefined);
}

function text(key: keyof Settings): Writer {
  return (value) => (value === '' ? undefined : { [key]: value });
}

function quantity(key: keyof Settings): Writer {
  return (value) => (parseQuantity(value) === undefined ? undefined : { [key]: value });
}

const isTrue = (value: string): boolean => /^(true|yes|1)$/i.test(value);

/** `true` or `host[/path][,host…]`. */
const expose: Writer = (value) => {
  if (value === '' || /^(false|no)$/i.test(value)) return {};
  const rules = value.split(',').map((item) => {
    const slash = item.trim().indexOf('/');
    const host = slash < 0 ? item.trim() : item.trim().slice(0, slash);
    const path = slash < 0 ? '/' : item.trim().slice(slash);
    return isTrue(host) ? { path } : { host, path };
  });
  const valid = rules.every((rule) => !('host' in rule) || isDnsSubdomain((rule.host ?? '').replace(/^\*\./, '')));
  return valid ? { route: { rules, tls: false } } : undefined;
};

function onRoute(change: (value: string) => Partial<RouteSettings>): Writer {
  return (value, { route }) => (route ? { route: { ...route, ...change(value) } } : undefined);
}

function probe(kind: 'liveness' | 'readiness', read: (value: string) => ProbeSettings | undefined): Writer {
  return (value, settings) => {
    const next = read(value);
    return next === undefined ? undefined : { [kind]: { ...settings[kind], ...next } };
  };
}

const port =
  (field: 'httpPort' | 'tcpPort') =>
  (value: string): ProbeSettings | undefined =>
    /^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65_536 ? { [field]: Number(value) } : undefined;
const seconds =
  (field: 'interval' | 'timeout' | 'startPeriod') =>
  (value: string): ProbeSettings | undefined => {
    const found = durationSeconds(value);
    return found === undefined ? undefined : { [field]: found };
  };

/** A JSON list, or a line in Compose's notation `["CMD", …]`. */
function testCommand(value: string): ProbeSettings | undefined {
  const words = listOrWords(value);
  const [how, ...rest] = words;
  if (how === 'CMD-SHELL') return { command: ['/bin/sh', '-c', rest.join(' ')] };
  if (how === 'CMD') return { command: rest };
  if (value.startsWith('[')) return words.length === 0 ? undefined : { command: words };
  return value === '' ? undefined : { command: simpleCommand(value) ?? ['/bin/sh', '-c', value] };
}

function listOrWords(value: string): readonly string[] {
  if (!value.startsWith('[')) return splitWords(value);
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    const inner = value.replace(/^\[|\]$/g, '');
    return inner.split(',').map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
}

const autoscale =
  (change: (value: string) => Partial<NonNullable<Settings['autoscale']>> | undefined): Writer =>
  (value, settings) => {
    const next = change(value);
    return next === undefined ? undefined : { autoscale: { ...(settings.autoscale ?? HPA_DEFAULTS), ...next } };
  };
/** kompose's defaults. */
const HPA_DEFAULTS = { min: 1, max: 3, cpu: '50', memory: '70' } as const;
const count = (field: 'min' | 'max') => (value: string) =>
  /^[1-9]\d*$/.test(value) ? { [field]: Number(value) } : undefined;
const target = (field: 'cpu' | 'memory') => (value: string) =>
  /^\d+%?$/.test(value) || parseQuantity(value) !== undefined ? { [field]: value } : undefined;

const ephemeral =
  (field: 'limit' | 'request'): Writer =>
  (value, settings) =>
    parseQuantity(value) === undefined
      ? undefined
      : { ephemeralStorage: { ...settings.ephemeralStorage, [field]: value } };

/** Every label of kompose. Order matters where one label adds to what another made. */
export const labelWriters: Readonly<Record<string, Writer>> = {
  'kompose.service.type': lookup('exposure', EXPOSURES),
  'kompose.service.expose': expose,
  'kompose.service.expose.tls-secret': onRoute((value) => ({ tls: true, tlsSecret: isTrue(value) ? '' : value })),
  'kompose.service.expose.ingress-class-name': onRoute((value) => ({ className: value })),
  'kompose.service.nodeport.port': number('nodePort', 65_535),
  'kompose.service.external-traffic-policy': lookup('externalTrafficPolicy', { cluster: 'Cluster', local: 'Local' }),
  'kompose.service.group': text('group'),
  'kompose.service.name_override': text('serviceName'),
  'kompose.serviceaccount-name': text('serviceAccount'),
  'kompose.controller.type': lookup('kind', KINDS),
  'kompose.controller.port.expose': (value) => ({ hostPorts: isTrue(value) }),
  'kompose.controller.expose.port': (value) => ({ hostPorts: isTrue(value) }),
  'kompose.image-pull-policy': (value) => {
    const pullPolicy = sameWord(POLICIES, value);
    return pullPolicy === undefined ? undefined : { pullPolicy };
  },
  'kompose.image-pull-secret': (value) => ({
    pullSecrets: value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  }),
  'kompose.init.containers.name': (value) => ({ initContainer: { name: value, image: '', command: [] } }),
  'kompose.init.containers.image': (value, { initContainer }) => ({
    initContainer: { name: initContainer?.name ?? 'init-service', image: value, command: [] },
  }),
  'kompose.init.containers.command': (value, { initContainer }) =>
    initContainer === undefined ? undefined : { initContainer: { ...initContainer, command: listOrWords(value) } },
  'kompose.hpa.replicas.min': autoscale(count('min')),
  'kompose.hpa.replicas.max': autoscale(count('max')),
  'kompose.hpa.cpu': autoscale(target('cpu')),
  'kompose.hpa.memory': autoscale(target('memory')),
  'kompose.cronjob.schedule': (value) =>
    value.split(/\s+/).length === 5 || value.startsWith('@') ? { schedule: { cron: value } } : undefined,
  'kompose.cronjob.concurrency_policy': (value, { schedule }) => {
    const concurrency = sameWord(['Allow', 'Forbid', 'Replace'], value);
    return schedule === undefined || concurrency === undefined ? undefined : { schedule: { ...schedule, concurrency } };
  },
  'kompose.cronjob.backoff_limit': (value, { schedule }) =>
    schedule === undefined || !/^\d+$/.test(value)
      ? undefined
      : { schedule: { ...schedule, backoffLimit: Number(value) } },
  'kompose.security-context.fsgroup': number('fsGroup'),
  'kompose.service.healthcheck.liveness.http_get_path': probe('liveness', (value) => ({ httpPath: value })),
  'kompose.service.healthcheck.liveness.http_get_port': probe('liveness', port('httpPort')),
  'kompose.service.healthcheck.liveness.tcp_port': probe('liveness', port('tcpPort')),
  'kompose.service.healthcheck.readiness.disable': (value, settings) => ({
    readiness: { ...settings.readiness, disabled: isTrue(value) },
  }),
  'kompose.service.healthcheck.readiness.test': probe('readiness', testCommand),
  'kompose.service.healthcheck.readiness.http_get_path': probe('readiness', (value) => ({ httpPath: value })),
  'kompose.service.healthcheck.readiness.http_get_port': probe('readiness', port('httpPort')),
  'kompose.service.healthcheck.readiness.tcp_port': probe('readiness', port('tcpPort')),
  'kompose.service.healthcheck.readiness.interval': probe('readiness', seconds('interval')),
  'kompose.service.healthcheck.readiness.timeout': probe('readiness', seconds('timeout')),
  'kompose.service.healthcheck.readiness.retries': probe('readiness', (value) =>
    /^\d+$/.test(value) ? { retries: Number(value) } : undefined,
  ),
  'kompose.service.healthcheck.readiness.start_period': probe('readiness', seconds('startPeriod')),
  'kompose.volume.size': quantity('storageSize'),
  'kompose.volume.storage-class-name': text('storageClass'),
  'kompose.volume.subpath': text('storageSubPath'),
  'kompose.volume.type': (value) => {
    const storageType = sameWord(VOLUME_TYPES, value);
    return storageType === undefined ? undefined : { storageType };
  },
  'kompose.ephemeral-storage.limit': ephemeral('limit'),
  'kompose.ephemeral-storage.request': ephemeral('request'),
};

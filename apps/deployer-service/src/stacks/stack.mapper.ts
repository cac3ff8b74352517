import type {
  DeploymentData,
  DriftSummaryData,
  OverrideData,
  StackData,
  StackServiceData,
  StackSummaryData,
} from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { InventoryEntry } from '@ushadow/deploy-engine';
import { MASK } from '@ushadow/secrets';
import { maskValues } from '../content/mask-values.ts';
import { overrideName } from '../content/overrides/override-names.ts';
import type { StackContent } from '../content/stack-content.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { Observed, SyncSeen } from '../live/stack-observer.ts';
import { insideUrls } from '../live/service-addresses.ts';
import type { GoodRevision } from './stack-contents.ts';
import type { Stack } from './stack.ts';

/** All that is answered about a stack. */
export interface StackFacts {
  readonly stack: Stack;
  readonly good: GoodRevision | undefined;
  /** Its content, with what is left in the cluster beside that. */
  readonly shown: StackContent;
  readonly observed: Observed;
  readonly newest: Deployment | undefined;
  /** By service. */
  readonly newestOf: ReadonlyMap<string, Deployment>;
  readonly inventory: readonly InventoryEntry[];
  readonly drift: DriftSummaryData;
}

type Health = StackServiceData['health'];

export function toSummary({ stack, good, shown, observed, newest, inventory, drift }: StackFacts): StackSummaryData {
  const names = Object.keys(shown.services).sort();
  const states = names.map((service) => healthOf(service, observed));
  const addresses = names.flatMap((service) => observed.seen?.services[service]?.addresses ?? []);
  return {
    stack_id: stack.id,
    target: stack.target,
    namespace: stack.namespace,
    project: stack.project,
    revision: good?.deployment.revision ?? null,
    health: worst(names, states, observed),
    services_ready: states.filter(({ state, stale }) => !stale && (state === 'ready' || state === 'completed')).length,
    services: names.length,
    address: addresses.find(({ url }) => url !== null) ?? addresses[0] ?? null,
    deployment: newest === undefined ? null : toLastDeployment(newest),
    drift,
    claims: inventory.filter(({ object }) => object.kind === 'PersistentVolumeClaim').length,
    created_at: stack.createdAt.toISOString(),
  };
}

interface Details {
  readonly sync: SyncSeen | undefined;
  readonly digestOf: (service: string) => string;
  readonly manifests: StackData['manifests'];
}

export function toStack(facts: StackFacts, { sync, digestOf, manifests }: Details): StackData {
  const { good, shown, observed, inventory } = facts;
  const { services: _count, ...summary } = toSummary(facts);
  const content = good?.content;
  const services = Object.entries(shown.services)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([service, known]): StackServiceData => {
      const seen = observed.seen?.services[service];
      const newest = facts.newestOf.get(service);
      return {
        service,
        service_id: known.serviceId,
        image: known.image,
        health: healthOf(service, observed),
        sync: content?.services[service] === undefined ? LEFT : syncOf(service, sync),
        deployment: newest === undefined ? null : toLastDeployment(newest, service),
        ready: seen?.ready ?? null,
        wanted: seen?.wanted ?? null,
        addresses: [...(seen?.addresses ?? [])],
        inside: insideUrls(service, shown),
        objects: objectsOf(shown, service),
        digest: digestOf(service),
        overrides: overridesOf(content).filter((each) => each.service === service),
      };
    });
  return {
    ...summary,
    services,
    manifests,
    sync: wholeSync(services, sync),
    volumes: volumesOf(inventory, observed),
    configuration: configurationOf(content),
  };
}

/** What may be secret is not told: fields of Secrets, and values that stand outside of them. */
function overridesOf(content: StackContent | undefined): OverrideData[] {
  if (content === undefined) return [];
  const mask = maskValues(content, (text) => text);
  const shown = (value: OverrideData['value'], isSecret: boolean): OverrideData['value'] =>
    value === null || typeof value === 'number' ? value : isSecret ? MASK : mask(value);
  return content.configuration.overrides.map((override) => {
    const isSecret = override.object?.startsWith('Secret/') === true;
    const { value, file_value: fileValue } = override;
    const shownValues = { value: shown(value, isSecret), file_value: shown(fileValue, isSecret) };
    return { ...override, ...shownValues, name: overrideName(override) };
  });
}

const LEFT: StackServiceData['sync'] = {
  ...{ state: 'out-of-sync', message: 'it is there, but no good revision wants it', at: null, stale: false },
};

function objectsOf(content: StackContent, service: string): string[] {
  const wanted = content.objects.filter(({ services }) => services.includes(service));
  return wanted.map(({ object }) => formatObjectId(objectId(object)));
}

function healthOf(service: string, { seen, at, stale }: Observed): Health {
  const found = seen?.services[service];
  if (found === undefined) return { state: 'unknown', message: 'it was not seen yet', at, stale };
  return { state: found.state, message: found.message, at, stale };
}

/** Of many, the one that matters most. */
const ORDER: readonly Health['state'][] = [
  'failed',
  'absent',
  'progressing',
  'unknown',
  'ready',
  'completed',
  'stopped',
];

function worst(names: readonly string[], states: readonly Health[], { at, stale }: Observed): Health {
  for (const state of ORDER) {
    const index = states.findIndex((each) => each.state === state);
    const found = states[index];
    if (found === undefined) continue;
    return { ...found, message: found.message === null ? null : `${names[index] ?? ''}: ${found.message}` };
  }
  return { state: 'absent', message: 'nothing of it is deployed', at, stale };
}

function syncOf(service: string, sync: SyncSeen | undefined): StackServiceData['sync'] {
  const found = sync?.services[service];
  if (sync === undefined || found === undefined)
    return { state: 'unknown', message: 'the cluster does not answer', at: null, stale: true };
  return { state: found.state, message: found.message, at: sync.at, stale: false };
}

function wholeSync(services: readonly StackServiceData[], sync: SyncSeen | undefined): StackData['sync'] {
  const other = services.find((each) => each.sync.state !== 'in-sync');
  if (other !== undefined)
    return { ...other.sync, message: other.sync.message === null ? null : `${other.service}: ${other.sync.message}` };
  if (sync === undefined) return { state: 'unknown', message: 'the cluster does not answer', at: null, stale: true };
  return { state: 'in-sync', message: null, at: sync.at, stale: false };
}

function volumesOf(inventory: readonly InventoryEntry[], { seen }: Observed): StackData['volumes'] {
  return inventory
    .filter(({ object }) => object.kind === 'PersistentVolumeClaim')
    .map(({ object }) => {
      const claim = seen?.claims.find((each) => each.claim === object.name);
      return claim ?? { claim: object.name, size: null, bound: null };
    });
}

function configurationOf(content: StackContent | undefined): StackData['configuration'] {
  if (content === undefined)
    return { profiles: [], infra_of: [], specs: {}, variables: [], overrides: [], content_digest: null };
  const { profiles, infraOf, specs, values, serviceValues } = content.configuration;
  const used = new Map(
    Object.values(content.services).flatMap(({ environment }) => environment.map((each) => [each.name, each] as const)),
  );
  const named = (service: string | null) => (name: string) => {
    const known = used.get(name);
    // What no container has may stand in an address: it is not shown.
    const isSecret = known?.is_secret ?? true;
    return {
      name,
      service,
      source: known?.source ?? ('remembered' as const),
      is_secret: isSecret,
      value: isSecret ? null : (known?.value ?? null),
    };
  };
  return {
    profiles: [...profiles],
    infra_of: [...infraOf],
    specs: { ...specs },
    variables: [
      ...Object.keys(values).map(named(null)),
      ...Object.entries(serviceValues).flatMap(([service, own]) => Object.keys(own).map(named(service))),
    ],
    overrides: overridesOf(content),
    content_digest: content.filesDigest,
  };
}

function toLastDeployment(deployment: Deployment, service?: string): NonNullable<StackServiceData['deployment']> {
  const { id, revision, kind, status, verdict, createdAt, finishedAt } = deployment;
  const own = service === undefined ? undefined : verdict?.services?.[service];
  return {
    deployment_id: id,
    revision,
    kind,
    status: status satisfies DeploymentData['status'],
    code: own?.code ?? verdict?.code ?? null,
    reason: own?.reason ?? verdict?.reason ?? null,
    at: (finishedAt ?? createdAt).toISOString(),
  };
}

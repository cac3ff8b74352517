import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type AddressData, type StackServiceData, clusterOf, targetKey } from '@ushadow/contracts';
import { planDeployment } from '@ushadow/deploy-engine';
import { objectId, objectKey, valueAt, type JsonValue, type KubeObject } from '@ushadow/kubernetes';
import { InFlightLimit, type KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { Logger } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { LOGGER } from '@ushadow/service';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { secretValuesOf } from '../content/secret-values.ts';
import { stepTo } from '../content/step.ts';
import type { ServiceContent, StackContent } from '../content/stack-content.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { EngineOptionsBuilder } from '../updates/engine-options.ts';
import { StackStore } from '../stacks/stack.store.ts';
import type { Stack } from '../stacks/stack.ts';
import { readLiveObjects } from './live-objects.ts';
import { serviceAddresses } from './service-addresses.ts';
import { serviceHealth, type ServiceHealth } from './service-health.ts';

/** A claim of a stack as it is in its cluster. */
export interface SeenClaim {
  readonly claim: string;
  readonly size: string | null;
  readonly bound: boolean | null;
}

/** What was seen of a stack. */
export interface Seen {
  readonly services: Readonly<Record<string, ServiceHealth & { readonly addresses: readonly AddressData[] }>>;
  readonly claims: readonly SeenClaim[];
}

export interface Observed {
  /** Undefined: it was never seen. */
  readonly seen: Seen | undefined;
  readonly at: string | null;
  /** The cluster does not answer now. */
  readonly stale: boolean;
  /** The cluster was removed: it never answers again. */
  readonly isRemoved?: boolean;
}

export interface SyncSeen {
  readonly services: Readonly<
    Record<string, { readonly state: StackServiceData['sync']['state']; readonly message: string | null }>
  >;
  readonly at: string;
}

/** For so long a read counts as now. */
const FRESH_MS = 2_000;
const SYNC_FRESH_MS = 10_000;
/** Reads of one cluster at once: a list shows many of its stacks, and one cluster that hangs holds up its own alone. */
const READS_MAX = 8;
/** So long a read may take, its wait included, before the last one is answered instead. */
const READ_MS = 2_500;

/** With these nothing could be asked. */
const BLIND: ReadonlySet<string> = new Set(['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED', 'API_RATE_LIMITED']);

interface CachedRead<T> {
  /** Of the end of the read; until then it is under way. */
  since: number;
  readonly revision: number;
  readonly result: Promise<T>;
}

/** Reads the live state of stacks from their clusters when somebody asks, and caches it for a moment. */
@Injectable()
export class StackObserver {
  private readonly limits = new Map<string, InFlightLimit>();
  private readonly observations = new Map<string, CachedRead<Observed>>();
  private readonly syncs = new Map<string, CachedRead<SyncSeen | undefined>>();

  constructor(
    private readonly clusters: ClusterConnections,
    private readonly stacks: StackStore,
    private readonly deployments: DeploymentStore,
    private readonly engine: EngineOptionsBuilder,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @param revision of the content; another one is read anew */
  observe(stack: Stack, content: StackContent, revision: number): Promise<Observed> {
    return fresh(this.observations, stack.id, revision, FRESH_MS, () => this.read(stack, content));
  }

  /** Whether what is live is what the content wants; undefined while the cluster cannot be asked. */
  sync(stack: Stack, content: StackContent, revision: number): Promise<SyncSeen | undefined> {
    return fresh(this.syncs, stack.id, revision, SYNC_FRESH_MS, () => this.compare(stack, content));
  }

  private async read(stack: Stack, content: StackContent): Promise<Observed> {
    const { stacks, deployments, logger } = this;
    try {
      const signal = AbortSignal.timeout(READ_MS);
      const [live, inventory] = await Promise.all([
        within(
          READ_MS,
          this.limited(stack, signal, (cluster) => readLiveObjects(content, stack.namespace, cluster, signal)),
        ),
        deployments.inventory(stack.id),
      ]);
      const redactor = new Redactor(secretValuesOf([content]));
      const services = Object.keys(content.services).map((service) => {
        const addresses = serviceAddresses(service, content, live);
        const health = serviceHealth(service, content, live);
        // What hinders a container may repeat how it was called.
        const message = health.message === null ? null : redactor.maskValues(health.message);
        return [service, { ...health, message, addresses }] as const;
      });
      const own = new Set((inventory ?? []).map(({ uid }) => uid));
      const claims = live.claims.filter(({ metadata }) => own.has(metadata.uid ?? '')).map(toSeenClaim);
      const seen: Seen = { services: Object.fromEntries(services), claims };
      await stacks.keepSeen(stack.id, seen);
      return { seen, at: new Date().toISOString(), stale: false };
    } catch (error) {
      logger.debug({ err: error, stackId: stack.id }, 'a stack cannot be seen');
      const kept = await stacks.lastSeen<Seen>(stack.id);
      const last = { seen: kept?.seen, at: kept?.at.toISOString() ?? null, stale: true };
      const isRemoved = error instanceof DomainError && error.code === 'CLUSTER_NOT_FOUND';
      return isRemoved ? { ...last, isRemoved } : last;
    }
  }

  private limited<T>(
    { target }: Stack,
    signal: AbortSignal,
    read: (cluster: KubernetesTransport) => Promise<T>,
  ): Promise<T> {
    const key = targetKey(target);
    const limit = this.limits.get(key) ?? new InFlightLimit(READS_MAX);
    this.limits.set(key, limit);
    // Its place is free again when nobody waits for the read any more, whatever becomes of it.
    return limit.run(() => within(READ_MS, this.clusters.to(clusterOf(target)).then(read)), signal);
  }

  private async compare(stack: Stack, content: StackContent): Promise<SyncSeen | undefined> {
    const { deployments, logger } = this;
    try {
      const signal = AbortSignal.timeout(READ_MS);
      const inventory = (await deployments.inventory(stack.id)) ?? [];
      const update = { content, selected: Object.keys(content.services), gone: [], change: {} };
      // What has run is not asked to run again.
      const step = stepTo(content, update, inventory, { isRollback: true, deleteClaims: [] });
      const options = await this.engine.build({ ...stack, stackId: stack.id }, step, defaultOptions);
      const plan = await within(
        READ_MS,
        this.limited(stack, signal, (cluster) =>
          planDeployment(step.desired, cluster, { ...options, prune: false }, { signal }),
        ),
      );
      if (plan.problems.some(({ code }) => BLIND.has(code))) return undefined;
      const other = new Map(
        plan.entries.filter(({ action }) => action !== 'unchanged').map((entry) => [objectKey(entry.object), entry]),
      );
      const services = update.selected.map((service) => {
        const differing = content.objects
          .filter(({ services: users }) => users.includes(service))
          .flatMap(({ object }) => other.get(objectKey(objectId(object))) ?? []);
        const [first] = differing;
        if (first === undefined) return [service, asDeployed(content.services[service])] as const;
        const field = first.changes[0]?.path;
        const how = first.action === 'create' ? 'is not there' : `differs${field === undefined ? '' : ` in ${field}`}`;
        return [
          service,
          { state: 'out-of-sync', message: `${first.object.kind} ${first.object.name} ${how}` },
        ] as const;
      });
      return { services: Object.fromEntries<SyncSeen['services'][string]>(services), at: new Date().toISOString() };
    } catch (error) {
      logger.debug({ err: error, stackId: stack.id }, 'a stack cannot be compared');
      return undefined;
    }
  }
}

/** What is live is what was deployed; that may lie behind what others have changed. */
function asDeployed(service: ServiceContent | undefined): SyncSeen['services'][string] {
  const [first] = service?.behind ?? [];
  if (first === undefined) return { state: 'in-sync', message: null };
  return { state: 'out-of-sync', message: `${first} was changed with another service; this one was not restarted` };
}

function fresh<T>(
  observations: Map<string, CachedRead<T>>,
  id: string,
  revision: number,
  freshMs: number,
  read: () => Promise<T>,
): Promise<T> {
  const now = performance.now();
  const known = observations.get(id);
  if (known?.revision === revision && now - known.since < freshMs) return known.result;
  for (const [other, { since }] of observations) if (now - since >= freshMs) observations.delete(other);
  const begun: CachedRead<T> = { since: Infinity, revision, result: read() };
  const end = (): void => {
    begun.since = performance.now();
  };
  begun.result.then(end, end);
  observations.set(id, begun);
  return begun.result;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${String(ms)} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toSeenClaim(claim: KubeObject): SeenClaim {
  const text = (path: readonly string[]): string | null => {
    const value = valueAt(claim as unknown as JsonValue, path);
    return typeof value === 'string' ? value : null;
  };
  const size = text(['status', 'capacity', 'storage']) ?? text(['spec', 'resources', 'requests', 'storage']);
  return { claim: claim.metadata.name, size, bound: text(['status', 'phase']) === 'Bound' };
}

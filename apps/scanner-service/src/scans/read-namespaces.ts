import type { DomainError } from '@ushadow/contracts';
import { isProblem, isService, ViewReader, type ScanProblem, type ScanViews, type ServiceView } from '@ushadow/scan';
import { isForbidden, type ClusterReader, type Read, type Take } from './cluster-reader.ts';
import { namespaces, nodes, pods, services, slices, workloads, type Kind } from './kinds.ts';
import { toScanFailure } from './to-scan-failure.ts';

/** What was seen in one namespace. */
export interface NamespaceReading {
  readonly views: ScanViews;
  /** What could not be read, and what to allow. */
  readonly notes: readonly string[];
}

/** Up to this many namespaces are listed each by itself, more with the whole cluster. */
const FEW = 8;

/** The lists that a scan makes of the whole cluster, or in each namespace. */
export const LISTS = 3 + workloads.length;

/**
 * Reads the named namespaces, or all that have Services. Services come first, the other kinds then all at once.
 * Only Services are indispensable: a namespace where they cannot be listed has its failure in the result.
 * Throws what went wrong with the cluster as a whole: KubernetesApiError or DomainError.
 */
export async function readNamespaces(
  cluster: ClusterReader,
  wanted: readonly string[] | undefined,
): Promise<ReadonlyMap<string, NamespaceReading | DomainError>> {
  const reader = new ViewReader();
  const seen = await readServices(cluster, wanted, (object) => reader.service(object));
  const isOpen = (name: string) => !seen.failures.has(name);
  const scope: Scope = { wanted: wanted?.filter(isOpen), together: seen.together };
  const [foundSlices, foundPods, ...foundWorkloads] = await Promise.all([
    readKind(cluster, slices, scope, (object) => reader.slice(object)),
    readKind(cluster, pods, scope, (object) => reader.pod(object)),
    ...workloads.map((kind) => readKind(cluster, kind, scope, (object) => reader.workload(object))),
  ]);
  const needsNodes = seen.services.some((one) => isService(one) && one.type === 'NodePort');
  const foundNodes = await (needsNodes
    ? cluster.readIfPossible(nodes, undefined, (object) => reader.node(object))
    : { taken: [], missing: undefined });
  const byNamespace = {
    services: groupOf(seen.services),
    slices: groupOf(foundSlices.taken),
    // Equal pods are one view already.
    pods: groupOf(new Set([...foundPods.taken, ...foundWorkloads.flatMap((one) => one.taken)])),
  };
  const names = wanted ?? [...byNamespace.services.keys()].sort();
  const empty = names.filter((name) => isOpen(name) && !byNamespace.services.has(name));
  const absent = await absentOf(cluster, empty);
  const missing = [foundSlices, foundPods, ...foundWorkloads].flatMap((one) => one.missing);
  const sightOf = (name: string): NamespaceReading => ({
    views: {
      services: (byNamespace.services.get(name) ?? []).filter(isService),
      problems: (byNamespace.services.get(name) ?? []).filter(isProblem),
      slices: byNamespace.slices.get(name) ?? [],
      pods: byNamespace.pods.get(name) ?? [],
      nodes: foundNodes.taken,
    },
    notes: [
      ...(absent.has(name) ? [`there is no namespace ${name} in this cluster`] : []),
      ...(reader.isFull
        ? ['the cluster has more than a scan can hold; name fewer namespaces to have all looked at']
        : []),
      // The lists answer in any order; what is said of them does not change with it.
      ...missing
        .filter(({ namespace = name }) => namespace === name)
        .map(({ text }) => text)
        .concat(foundNodes.missing ?? [])
        .sort(),
    ],
  });
  return new Map(names.map((name) => [name, seen.failures.get(name) ?? sightOf(name)]));
}

interface SeenServices {
  readonly services: readonly (ServiceView | ScanProblem)[];
  /** One list of the whole cluster was allowed, and made. */
  readonly together: boolean;
  readonly failures: ReadonlyMap<string, DomainError>;
}

async function readServices(
  cluster: ClusterReader,
  wanted: readonly string[] | undefined,
  take: Take<ServiceView | ScanProblem>,
): Promise<SeenServices> {
  if (wanted === undefined || wanted.length > FEW) {
    try {
      return { services: await cluster.read(services, undefined, take), together: true, failures: new Map() };
    } catch (error) {
      if (wanted === undefined || !isForbidden(error)) throw error;
    }
  }
  const failures = new Map<string, DomainError>();
  const found = await Promise.all(
    wanted.map((name) =>
      cluster.read(services, name, take).catch((error: unknown) => {
        failures.set(name, toScanFailure(error, name));
        return [];
      }),
    ),
  );
  return { services: found.flat(), together: false, failures };
}

interface Scope {
  /** Undefined: all there are. */
  readonly wanted: readonly string[] | undefined;
  readonly together: boolean;
}

interface ReadOfKind<T> {
  readonly taken: readonly T[];
  /** What is missing, and where; everywhere when no namespace is named. */
  readonly missing: readonly { readonly namespace?: string; readonly text: string }[];
}

/** One list of the whole cluster, or one in each namespace where that is what is allowed. */
async function readKind<T>(
  cluster: ClusterReader,
  kind: Kind,
  { wanted, together }: Scope,
  take: Take<T>,
): Promise<ReadOfKind<T>> {
  if (together) {
    const all: Read<T> = await cluster.readIfPossible(kind, undefined, take);
    if (all.forbidden !== true || wanted === undefined) {
      return { taken: all.taken, missing: all.missing === undefined ? [] : [{ text: all.missing }] };
    }
  }
  const each = await Promise.all(
    (wanted ?? []).map(async (namespace) => ({ namespace, ...(await cluster.readIfPossible(kind, namespace, take)) })),
  );
  return {
    taken: each.flatMap(({ taken }) => taken),
    missing: each.flatMap(({ namespace, missing }) => (missing === undefined ? [] : { namespace, text: missing })),
  };
}

/** Which of the namespaces do not exist, as far as that may be asked. */
async function absentOf(cluster: ClusterReader, names: readonly string[]): Promise<ReadonlySet<string>> {
  if (names.length > FEW) {
    const { taken, missing } = await cluster.readIfPossible(namespaces, undefined, ({ metadata }) => metadata.name);
    return new Set(missing === undefined ? names.filter((name) => !taken.includes(name)) : []);
  }
  const exist = await Promise.all(names.map((name) => cluster.hasNamespace(name)));
  return new Set(names.filter((_name, index) => exist[index] === false));
}

const groupOf = <T extends { readonly namespace: string }>(all: Iterable<T>) =>
  Map.groupBy(all, ({ namespace }) => namespace);

import type { Database } from '../store/database.store.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { byEndpoint, isByUid, isSameCluster, type ClusterIdentity } from './cluster-identity.ts';

/** As many as anybody reads; an answer stays small however often one API server is registered. */
const TOLD_AT_MOST = 10;

export interface KnownCluster extends ClusterIdentity {
  readonly id: string;
}

type Queries = Pick<Database, 'cluster'>;
type RawQueries = Pick<Database, '$executeRaw'>;

/** Other registrations of the same API server, by name. */
export async function findSame(database: Queries, known: ClusterIdentity, except: string): Promise<readonly Named[]> {
  const ways = waysToBeSame(known);
  if (ways.length === 0) return [];
  return database.cluster.findMany({
    where: { id: { not: except }, OR: ways },
    orderBy: { name: 'asc' },
    take: TOLD_AT_MOST,
    select: { id: true, name: true },
  });
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** `isSameCluster` as the database asks it. */
function waysToBeSame(known: ClusterIdentity): Prisma.ClusterWhereInput[] {
  const { identity, endpoint } = known;
  const ways: Prisma.ClusterWhereInput[] = identity === null ? [] : [{ identity }];
  if (endpoint === null) return ways;
  const notByUid = { OR: [{ identity: null }, { identity: byEndpoint(endpoint) }] };
  return [...ways, isByUid(known) ? { endpoint, ...notByUid } : { endpoint }];
}

/** The same for a whole list: for each cluster the ids of the others. */
export function sameAmong<T extends KnownCluster>(clusters: readonly T[]): ReadonlyMap<string, readonly string[]> {
  const alike = Map.groupBy(
    clusters.flatMap((cluster) => keysOf(cluster).map((key) => ({ key, cluster }))),
    ({ key }) => key,
  );
  return new Map(
    clusters.map((one) => {
      const found = new Set<string>();
      for (const { cluster } of keysOf(one).flatMap((key) => alike.get(key) ?? [])) {
        if (found.size === TOLD_AT_MOST) break;
        if (cluster.id !== one.id && isSameCluster(one, cluster)) found.add(cluster.id);
      }
      return [one.id, [...found]];
    }),
  );
}

function keysOf({ identity, endpoint }: ClusterIdentity): string[] {
  return [identity, endpoint === null ? null : `at ${endpoint}`].filter((key) => key !== null);
}

/** One registration at a time may ask whether it is the first of its API server. Held until the transaction ends. */
export async function lockIdentities(transaction: RawQueries): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('clusters.identity'))`;
}

/** Where one credential may read the uid, registrations at the same endpoint whose own may not take it over. */
export async function shareIdentity(transaction: RawQueries, endpoint: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE clusters SET identity = known.identity
    FROM (
      SELECT min(identity) AS identity FROM clusters WHERE endpoint = ${endpoint} AND identity LIKE 'u%'
      HAVING count(DISTINCT identity) = 1
    ) AS known
    WHERE clusters.endpoint = ${endpoint} AND clusters.identity LIKE 'e%'`;
}

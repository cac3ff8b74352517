import { joinSql, sql, type Queries, type Sql } from '@ushadow/postgres';
import { byEndpoint, isByUid, isSameCluster, type ClusterIdentity } from './cluster-identity.ts';

/** As many as anybody reads; an answer stays small however often one API server is registered. */
const TOLD_AT_MOST = 10;

export interface KnownCluster extends ClusterIdentity {
  readonly id: string;
}

/** Other registrations of the same API server, by name. */
export async function findSame(queries: Queries, known: ClusterIdentity, except: string): Promise<readonly Named[]> {
  const ways = waysToBeSame(known);
  if (ways.length === 0) return [];
  return queries.rows<Named>(sql`
    SELECT id, name FROM clusters.clusters WHERE id <> ${except} AND (${joinSql(ways, ' OR ')})
     ORDER BY name LIMIT ${TOLD_AT_MOST}`);
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** `isSameCluster` as the database asks it. */
function waysToBeSame(known: ClusterIdentity): Sql[] {
  const { identity, endpoint } = known;
  const ways = identity === null ? [] : [sql`identity = ${identity}`];
  if (endpoint === null) return ways;
  const notByUid = sql` AND (identity IS NULL OR identity = ${byEndpoint(endpoint)})`;
  return [...ways, sql`(endpoint = ${endpoint}${isByUid(known) ? notByUid : sql``})`];
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
export async function lockIdentities(queries: Queries): Promise<void> {
  await queries.count(sql`SELECT pg_advisory_xact_lock(hashtext('clusters.identity'))`);
}

/** Where one credential may read the uid, registrations at the same endpoint whose own may not take it over. */
export async function shareIdentity(queries: Queries, endpoint: string): Promise<void> {
  await queries.count(sql`
    UPDATE clusters.clusters AS cluster SET identity = known.identity
    FROM (
      SELECT min(identity) AS identity FROM clusters.clusters WHERE endpoint = ${endpoint} AND identity LIKE 'u%'
      HAVING count(DISTINCT identity) = 1
    ) AS known
    WHERE cluster.endpoint = ${endpoint} AND cluster.identity LIKE 'e%'`);
}

import type { Bench } from './bench.ts';
import type { Wanted } from './cluster-witness.ts';
import type { DeploymentRow } from './store-view.ts';

/** Uids of claims as they were first seen, by namespace and name. */
const firstSeen = new WeakMap<Bench, Map<string, string>>();

/** What had happened to a namespace's deployments when it was last found to be as it should. */
const lastFine = new WeakMap<Bench, Map<string, string>>();

/**
 * Each namespace is as the last good revisions of the stacks in it want it, by their own complete contents. One that was fine
 * is looked at again once something has happened to its deployments; a write besides would stand in the audit log.
 */
export async function checkCluster(bench: Bench, unsettled: readonly string[]): Promise<string[]> {
  const fine = lastFine.get(bench) ?? new Map<string, string>();
  lastFine.set(bench, fine);
  const namespaces = Map.groupBy(await bench.store.deployments(), ({ namespace }) => namespace);
  for (const name of unsettled) namespaces.delete(name);
  const found = await Promise.all(
    [...namespaces].map(async ([namespace, rows]) => {
      const state = rows.map((row) => `${row.id} ${row.status} ${row.last_sequence}`).join();
      if (fine.get(namespace) === state) return [];
      const violations = await checkNamespace(bench, namespace, rows);
      if (violations.length === 0) fine.set(namespace, state);
      return violations;
    }),
  );
  return found.flat().map((text) => `cluster: ${text}`);
}

async function checkNamespace(bench: Bench, namespace: string, rows: readonly DeploymentRow[]): Promise<string[]> {
  const stacks = Map.groupBy(rows, ({ stack_id: stack }) => stack);
  const wanted = await Promise.all([...stacks.values()].map((own) => wantedOf(bench, own)));
  if (wanted.includes(undefined)) return [];
  const all = wanted.flatMap((each) => each ?? []);
  return [...(await bench.witness.differences(namespace, all)), ...(await checkClaims(bench, namespace))];
}

/**
 * The objects of a stack's last good content; none where a first deployment was cancelled and taken back. Undefined where
 * nothing good is known: a first deployment that failed, or was left, leaves what it made.
 */
async function wantedOf(bench: Bench, rows: readonly DeploymentRow[]): Promise<readonly Wanted[] | undefined> {
  const ordered = rows.toSorted((one, other) => one.revision - other.revision);
  const last = ordered.at(-1);
  const good = ordered.findLast((row) => row.has_content);
  if (good !== undefined) {
    const objects = bench.witness.objectsOf(good.id, await bench.store.contentOf(good.id));
    // What went back has run no one-shot: one that the failed revision had may stand there.
    return objects.map((object) => ({ object, maybe: last !== good && object.kind === 'Job' }));
  }
  return last?.status === 'cancelled' && last.ending?.rollback === true ? [] : undefined;
}

async function checkClaims(bench: Bench, namespace: string): Promise<string[]> {
  const known = firstSeen.get(bench) ?? new Map<string, string>();
  firstSeen.set(bench, known);
  const present = await bench.witness.claims(namespace);
  for (const [name, uid] of present) {
    const key = `${namespace}/${name}`;
    if (!known.has(key)) known.set(key, uid);
  }
  const own = [...known].filter(([key]) => key.startsWith(`${namespace}/`));
  return own
    .filter(([key, uid]) => present.get(key.slice(namespace.length + 1)) !== uid)
    .map(([key]) => `the claim ${key} was touched`);
}

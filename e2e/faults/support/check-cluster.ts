import type { Bench } from './bench.ts';
import type { DeploymentRow } from './store-view.ts';

/** Uids of claims as they were first seen, by namespace and name. */
const firstSeen = new WeakMap<Bench, Map<string, string>>();

/** Each namespace is as its newest deployment wanted it, or as the last good one did where that failed. */
export async function checkCluster(bench: Bench, unsettled: readonly string[]): Promise<string[]> {
  const rows = await bench.store.deployments();
  const namespaces = [...new Set(rows.map(({ namespace }) => namespace))].filter((name) => !unsettled.includes(name));
  const found = await Promise.all(
    namespaces.map(async (namespace) => {
      const own = rows.filter((row) => row.namespace === namespace);
      const wanted = [...new Set(own.map(({ service_name: name }) => name))].flatMap((service) =>
        expectedOf(own.filter((row) => row.service_name === service)),
      );
      if (wanted.some((row) => row === undefined)) return [];
      const objects = wanted.flatMap((row) => (row === undefined ? [] : bench.witness.desiredOf(row)));
      return [...(await bench.witness.differences(namespace, objects)), ...(await checkClaims(bench, namespace))];
    }),
  );
  return found.flat().map((text) => `cluster: ${text}`);
}

/** Undefined where nothing good is known: a first deployment that failed leaves what it made for inspection. */
function expectedOf(rows: readonly DeploymentRow[]): DeploymentRow | undefined {
  return rows.filter(({ status }) => status === 'succeeded').at(-1);
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

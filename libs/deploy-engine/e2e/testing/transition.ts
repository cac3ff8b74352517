import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';
import type { ClusterPort, DeployEvent, DeployOptions, DeployResult, Plan } from '../../src/index.ts';
import { planDeployment } from '../../src/index.ts';
import { run } from './run-deployment.ts';

/** One state brought in after another, as a stack would: planned, applied as planned, planned once more. */
export interface Transition {
  readonly before: DeployResult;
  readonly plan: Plan;
  readonly result: DeployResult;
  readonly events: readonly DeployEvent[];
  readonly again: Plan;
}

type Objects = readonly KubeObject[];

/** @throws Error when the first state does not come about */
export async function transition(
  from: Objects,
  to: Objects,
  cluster: ClusterPort,
  options: DeployOptions = {},
): Promise<Transition> {
  const owner = ownerOf(to);
  const { result: before } = await run(from, cluster, { settleMs: 0, owner });
  if (before.verdict !== 'succeeded') throw new Error(`the first state: ${JSON.stringify(before.failure)}`);
  const settings = { settleMs: 0, owner, inventory: before.inventory, ...options };
  const wanted = { objects: to, dependencies: [] };
  const plan = await planDeployment(wanted, cluster, settings);
  const rollbackTo = { objects: from, dependencies: [] };
  const { result, events } = await run(wanted, cluster, { ...settings, approvedPlan: plan, rollbackTo });
  const again = await planDeployment(wanted, cluster, { ...settings, inventory: result.inventory });
  return { before, plan, result, events, again };
}

/** Whose the objects of a test are. */
export function ownerOf([first]: Objects): NonNullable<DeployOptions['owner']> {
  return { installation: 'here', stack: 's-1', project: 'shop', namespace: first?.metadata.namespace ?? '' };
}

/** `update Service/web`, one line for each object that a plan does something with; what is against it comes last. */
export function actionsOf({ entries, problems }: Plan): string[] {
  const actions = entries
    .filter(({ action }) => action !== 'unchanged')
    .map(({ action, object }) => `${action} ${object.kind}/${object.name}`);
  return [...actions.sort(), ...problems.map(({ code, message }) => `${code}: ${message}`)];
}

/** All of an object but what distinguishes it from another one of its kind. */
export function contentOf(object: KubeObject | undefined): JsonValue {
  if (object === undefined) return null;
  const { metadata: _metadata, status: _status, ...content } = object;
  return content;
}

/** The same value without some of its fields, wherever they stand. */
export function without(value: JsonValue, fields: readonly string[]): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => without(item, fields));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !fields.includes(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item as JsonValue, fields)]));
}

/** All ordered pairs of two different names. */
export function pairsOf<Name extends string>(names: readonly Name[]): (readonly [Name, Name])[] {
  return names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
}

/** Does something for each item, `slots` at a time; each is given its slot. */
export async function inSlots<T, R>(
  items: readonly T[],
  slots: number,
  work: (item: T, slot: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.map((item, index) => ({ item, index }));
  const one = async (slot: number): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next.index] = await work(next.item, slot);
  };
  await Promise.all(Array.from({ length: slots }, (_, slot) => one(slot)));
  return results;
}

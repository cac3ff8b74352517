import type { Design, Store } from '../model/design.ts';
import { copiesOf, isOnEveryNode } from '../storage/copies.ts';

/** Pods that must be on one machine, and the stores that keep them there. */
export interface Group {
  /** After its first store, so that a single shared volume names its own group. */
  readonly name: string;
  readonly stores: readonly Store[];
  /** Services that have a pod, in alphabetical order. */
  readonly users: readonly string[];
}

/**
 * The connected groups of pods that share stores of one machine: who shares one volume with b and who shares another
 * with b are all on b's machine. One term for each store would not say so to the scheduler, which looks at one pod at a
 * time. Pods of every machine cannot follow, and are left out.
 */
export function groupsOf(design: Design): readonly Group[] {
  const hosts = new Map(design.services.map((designed) => [designed.service.name, designed]));
  const follows = (user: string): boolean => !isOnEveryNode(hosts.get(user));
  const many = new Set(
    design.services.filter((designed) => copiesOf(designed) === 'many').map(({ service }) => service.name),
  );
  const stores = design.stores
    .filter(({ accessMode, perReplicaOf }) => accessMode === 'ReadWriteOnce' && perReplicaOf === undefined)
    .map((store) => ({ store, users: store.users.filter(follows) }))
    .filter(({ users }) => users.length > 1 || users.some((user) => many.has(user)));
  const root = joined(stores.map(({ users }) => users));
  const groups = new Map<string, { readonly stores: Store[]; readonly users: Set<string> }>();
  for (const { store, users } of stores) {
    const key = root(users[0] ?? '');
    const group = groups.get(key) ?? { stores: [], users: new Set<string>() };
    group.stores.push(store);
    for (const user of users) group.users.add(user);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => {
    const sorted = group.stores.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { name: sorted[0]?.name ?? '', stores: sorted, users: [...group.users].sort() };
  });
}

/** Union-find: the name that stands for everything in one connected set. */
function joined(sets: readonly (readonly string[])[]): (item: string) => string {
  const parents = new Map<string, string>();
  const root = (item: string): string => {
    let current = item;
    for (let next = parents.get(current); next !== undefined; next = parents.get(current)) current = next;
    return current;
  };
  for (const [first, ...rest] of sets) {
    for (const item of rest) {
      const [a, b] = [root(first ?? ''), root(item)];
      if (a !== b) parents.set(b, a);
    }
  }
  return root;
}

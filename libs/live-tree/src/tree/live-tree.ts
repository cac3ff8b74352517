import type { TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { nodesOf } from '../nodes/nodes-of.ts';
import { isFormer } from '../nodes/workload-nodes.ts';
import type { Entry } from './entry.ts';
import { Family } from './family.ts';
import type { ServiceOutline, StackOutline } from './outline.ts';
import { wantedBy } from './outline.ts';
import type { Seen } from './seen.ts';
import { absent, seenOf } from './seen.ts';

/** What has become of nodes since somebody asked last. */
export interface TreeChange {
  readonly changed: readonly TreeNodeData[];
  /** Ids. */
  readonly removed: readonly string[];
}

const serviceId = (service: string): string => `service:${service}`;

/**
 * What is live of a stack, kept up to date with each object that is seen. It may be told of objects of others, in any
 * order: one belongs to the stack once what it belongs to does. What a change costs grows with what it changes, and not with
 * the tree.
 */
export class LiveTree {
  #outline: StackOutline = { stackId: '', namespace: '', services: [] };
  #wanted: ReadonlyMap<string, readonly ServiceOutline[]> = new Map();
  /** Kinds whose absence can be told. */
  #sight: ReadonlySet<string> = new Set();
  readonly #entries = new Map<string, Entry>();
  readonly #services = new Map<string, Entry>();
  readonly #dirty = new Set<Entry>();
  /** By entry, the ids of the nodes that were told of last. */
  readonly #told = new Map<string, readonly string[]>();
  readonly #nodes = new Map<string, TreeNodeData>();
  readonly #family = new Family(
    (entry) => this.#rootOf(entry),
    (entry) => this.#touch(entry),
  );

  constructor(outline: StackOutline) {
    this.outline(outline);
  }

  /** What the stack wants has changed. */
  outline(next: StackOutline): void {
    this.#outline = next;
    this.#wanted = wantedBy(next);
    const names = new Set(next.services.map(({ service }) => service));
    for (const name of names) if (!this.#services.has(name)) this.#addService(name);
    for (const entry of this.#entries.values()) this.#family.settle(entry);
    for (const entry of this.#services.values()) this.#dirty.add(entry);
    for (const [name, entry] of this.#services) {
      if (names.has(name)) continue;
      this.#services.delete(name);
      this.#dirty.add(entry);
    }
    this.#markAbsent();
  }

  /** Kinds of which all objects have been told: what is wanted of them and was not told of is not there. */
  sees(kinds: ReadonlySet<string>): void {
    this.#sight = kinds;
    this.#markAbsent();
  }

  put(object: KubeObject): void {
    const seen = seenOf(object);
    if (seen !== undefined && object.metadata.namespace === this.#outline.namespace) this.#put(seen);
  }

  remove(object: KubeObject): void {
    const seen = seenOf(object);
    const entry = seen && this.#entries.get(seen.id);
    // That a former object of the name is gone says nothing of its successor.
    if (entry?.seen.object === undefined || entry.seen.object.metadata.uid !== object.metadata.uid) return;
    this.#take(entry);
    this.#placeAbsent(entry.seen.id);
  }

  /** One object told, and what that has changed. */
  apply(event: { readonly type: 'put' | 'gone'; readonly object: KubeObject }): TreeChange {
    if (event.type === 'put') this.put(event.object);
    else this.remove(event.object);
    return this.settle();
  }

  /** What all that was told since the last time has changed, each node once. */
  settle(): TreeChange {
    const changed: TreeNodeData[] = [];
    const removed: string[] = [];
    // From below: a service says what its parts say.
    for (const entry of [...this.#dirty].sort((a, b) => b.seen.level - a.seen.level)) {
      this.#tell(entry, changed, removed);
    }
    this.#dirty.clear();
    const again = new Set(changed.map(({ id }) => id));
    return { changed, removed: removed.filter((id) => !again.has(id)) };
  }

  /** The whole tree as it was told last. */
  nodes(): TreeNodeData[] {
    return [...this.#nodes.values()];
  }

  /** The objects of the stack, events left out. */
  objects(): KubeObject[] {
    return [...this.#entries.values()].flatMap((entry) =>
      entry.isOurs && entry.seen.kind !== 'Event' && entry.seen.object !== undefined ? [entry.seen.object] : [],
    );
  }

  /** The objects of a node and of all below it; none where it is no node. */
  below(id: string): KubeObject[] {
    const entry = this.#services.get(id.replace(/^service:/, '')) ?? this.#entries.get(id.replace(/#.*$/, ''));
    return entry === undefined || !entry.isOurs ? [] : objectsBelow(entry);
  }

  #put(seen: Seen): void {
    const known = this.#entries.get(seen.id);
    if (known !== undefined && isSameTie(known.seen, seen)) return this.#family.renew(known, seen);
    if (known !== undefined) this.#take(known);
    this.#place(seen);
  }

  #place(seen: Seen): void {
    const entry = this.#family.add(seen);
    this.#entries.set(seen.id, entry);
    this.#touch(entry);
  }

  #take(entry: Entry): void {
    this.#entries.delete(entry.seen.id);
    this.#family.take(entry);
    this.#touch(entry);
  }

  #markAbsent(): void {
    for (const entry of this.#entries.values()) if (entry.seen.object === undefined) this.#take(entry);
    for (const { expected } of this.#outline.services) {
      for (const id of expected) if (!this.#entries.has(id)) this.#placeAbsent(id);
    }
  }

  #placeAbsent(id: string): void {
    const users = this.#wanted.get(id) ?? [];
    const seen = users.some(({ expected }) => expected.includes(id)) ? absent(id) : undefined;
    if (seen !== undefined && this.#sight.has(seen.kind)) this.#place(seen);
  }

  /** What several services want is told of by each of them. */
  #touch(entry: Entry): void {
    this.#dirty.add(entry);
    if (entry.parent !== undefined) return;
    for (const { service } of this.#wanted.get(entry.seen.id) ?? []) {
      const user = this.#services.get(service);
      if (user !== undefined) this.#dirty.add(user);
    }
  }

  #addService(name: string): void {
    const entry = this.#family.service(serviceId(name));
    this.#services.set(name, entry);
    this.#dirty.add(entry);
  }

  /** Whether an object is the stack’s by itself, and what it stands under; undefined: it is not. */
  #rootOf({ seen }: Entry): { readonly under: Entry | undefined } | undefined {
    const users = this.#wanted.get(seen.id) ?? [];
    // What is not there is wanted, or would not be known.
    const isOurs = seen.object === undefined || seen.stack === this.#outline.stackId;
    if (!isOurs) return undefined;
    const [only, ...others] = users;
    return { under: only === undefined || others.length > 0 ? undefined : this.#services.get(only.service) };
  }

  #tell(entry: Entry, changed: TreeNodeData[], removed: string[]): void {
    const { id } = entry.seen;
    const isThere = this.#services.get(id.replace(/^service:/, '')) === entry || this.#entries.get(id) === entry;
    // Its successor of the same name has its nodes.
    if (!isThere && (this.#entries.has(id) || this.#services.has(id))) return;
    const now = isThere && entry.isOurs && !isFormer(entry) ? this.#nodesOf(entry) : [];
    const ids = now.map((node) => node.id);
    for (const gone of this.#told.get(id) ?? []) {
      if (ids.includes(gone)) continue;
      this.#nodes.delete(gone);
      removed.push(gone);
    }
    for (const node of now) {
      if (sameJson(this.#nodes.get(node.id), node)) continue;
      this.#nodes.set(node.id, node);
      changed.push(node);
    }
    if (now.length === 0) this.#told.delete(id);
    else this.#told.set(id, ids);
  }

  #nodesOf(entry: Entry): readonly TreeNodeData[] {
    const users = this.#wanted.get(entry.seen.id) ?? [];
    return nodesOf(entry, {
      parent: entry.parent?.seen.id ?? null,
      services: entry.parent === undefined ? users.map(({ service }) => service) : [],
      isOneShot: users.some(({ isOneShot }) => isOneShot),
      shared: entry.seen.kind === '' ? this.#sharedBy(entry) : [],
      nodeOf: (child) => this.#nodes.get(child.seen.id),
    });
  }

  #sharedBy(service: Entry): Entry[] {
    const outline = this.#outline.services.find((each) => serviceId(each.service) === service.seen.id);
    return (outline?.objects ?? []).flatMap((id) => {
      const entry = (this.#wanted.get(id) ?? []).length > 1 ? this.#entries.get(id) : undefined;
      return entry?.isOurs === true && entry.parent === undefined ? [entry] : [];
    });
  }
}

/** The same object, tied to others as before: what belongs to it may stay where it is. */
function isSameTie(a: Seen, b: Seen): boolean {
  return (
    a.object !== undefined &&
    a.belongsTo === b.belongsTo &&
    a.stack === b.stack &&
    a.provides.length === b.provides.length &&
    a.provides.every((tie, index) => tie === b.provides[index])
  );
}

function objectsBelow({ seen, children }: Entry): KubeObject[] {
  const own = seen.object === undefined ? [] : [seen.object];
  return [...own, ...[...children].flatMap(objectsBelow)];
}

/** Whether two values are the same as JSON, whatever the order of their keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key as keyof typeof a], b[key as keyof typeof b]));
}

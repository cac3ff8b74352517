import type { Entry } from './entry.ts';
import type { Seen } from './seen.ts';
import { pseudo } from './seen.ts';
import { add, sameTally } from './tally.ts';

/** What an object stands under by itself; undefined: it is not the stack’s by itself. */
type RootOf = (entry: Entry) => { readonly under: Entry | undefined } | undefined;

/** Who belongs to whom. Those that belong to something may be known before it is. */
export class Family {
  readonly #rootOf: RootOf;
  readonly #touched: (entry: Entry) => void;
  /** By what they provide. */
  readonly #owners = new Map<string, Set<Entry>>();
  /** By what they belong to. */
  readonly #members = new Map<string, Set<Entry>>();

  constructor(rootOf: RootOf, touched: (entry: Entry) => void) {
    this.#rootOf = rootOf;
    this.#touched = touched;
  }

  /** A service of the outline, which is the stack’s and stands under nothing. */
  service(id: string): Entry {
    return { ...newEntry(pseudo({ id, kind: '', level: 0 })), isOurs: true };
  }

  add(seen: Seen): Entry {
    const entry = newEntry(seen);
    add(entry.sum, seen.tally, 1);
    if (seen.belongsTo !== undefined) put(this.#members, seen.belongsTo, entry);
    for (const tie of seen.provides) put(this.#owners, tie, entry);
    this.settle(entry);
    this.#settleMembers(seen);
    return entry;
  }

  take(entry: Entry): void {
    const { seen } = entry;
    if (seen.belongsTo !== undefined) drop(this.#members, seen.belongsTo, entry);
    for (const tie of seen.provides) drop(this.#owners, tie, entry);
    this.#leave(entry);
    this.#settleMembers(seen);
  }

  /** The same object as it is now, tied as before. */
  renew(entry: Entry, seen: Seen): void {
    const before = entry.seen.tally;
    entry.seen = seen;
    const isSame = sameTally(before, seen.tally);
    for (let each: Entry | undefined = entry; each !== undefined; each = each.parent) {
      this.#touched(each);
      if (isSame) continue;
      add(each.sum, before, -1);
      add(each.sum, seen.tally, 1);
    }
  }

  /** Puts it where it belongs now. */
  settle(entry: Entry): void {
    const root = this.#rootOf(entry);
    const parent = root === undefined || needsOwner(entry) ? this.#ownerOf(entry) : root.under;
    if (parent !== entry.parent) {
      this.#leave(entry);
      if (parent !== undefined) this.#enter(entry, parent);
    }
    this.#own(entry, parent === undefined ? root !== undefined && !needsOwner(entry) : parent.isOurs);
    // Who wants it may be others now.
    if (entry.isOurs) this.#touched(entry);
  }

  #settleMembers({ provides }: Seen): void {
    for (const tie of provides) for (const member of [...(this.#members.get(tie) ?? [])]) this.settle(member);
  }

  /** Of several that provide the same, the first by name, whichever was known first. */
  #ownerOf({ seen }: Entry): Entry | undefined {
    let first: Entry | undefined;
    for (const owner of this.#owners.get(seen.belongsTo ?? '') ?? []) {
      if (owner.seen.level >= seen.level) continue;
      if (first === undefined || owner.seen.id < first.seen.id) first = owner;
    }
    return first;
  }

  #enter(entry: Entry, parent: Entry): void {
    entry.parent = parent;
    (entry.seen.kind === 'Event' ? parent.events : parent.children).add(entry);
    this.#addAbove(entry, 1);
  }

  #leave(entry: Entry): void {
    const { parent } = entry;
    if (parent === undefined) return;
    this.#addAbove(entry, -1);
    parent.children.delete(entry);
    parent.events.delete(entry);
    entry.parent = undefined;
  }

  #addAbove({ sum, parent }: Entry, sign: 1 | -1): void {
    for (let above = parent; above !== undefined; above = above.parent) {
      add(above.sum, sum, sign);
      this.#touched(above);
    }
  }

  #own(entry: Entry, isOurs: boolean): void {
    if (entry.isOurs === isOurs) return;
    entry.isOurs = isOurs;
    this.#touched(entry);
    for (const child of entry.children) this.#own(child, isOurs);
  }
}

/** What a controller has made bears its maker’s marks, and is the stack’s by its maker alone. */
function needsOwner({ seen }: Entry): boolean {
  return seen.belongsTo !== undefined && seen.kind !== 'PersistentVolumeClaim';
}

function newEntry(seen: Seen): Entry {
  return { seen, parent: undefined, children: new Set(), events: new Set(), sum: new Map(), isOurs: false };
}

function put(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([entry]));
  else known.add(entry);
}

function drop(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const known = index.get(key);
  known?.delete(entry);
  if (known?.size === 0) index.delete(key);
}

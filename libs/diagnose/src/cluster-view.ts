import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectId, objectKey } from '@ushadow/kubernetes';
import type { EventFact } from './event-fact.ts';
import { readEvent } from './event-fact.ts';

/** The objects seen so far, as new as they were reported, and what events say of them. */
export class ClusterView {
  readonly #objects = new Map<string, KubeObject>();
  readonly #byUid = new Map<string, KubeObject>();
  readonly #owned = new Map<string, Set<string>>();
  /** By the uid of what they are about, then by event; the latest last. */
  readonly #events = new Map<string, Map<string, EventFact>>();
  readonly #changes = new Map<string, number>();
  /** By uid, what was last seen of what is deleted: the answer to its own write may come later than that. */
  readonly #gone = new Map<string, KubeObject>();
  readonly #isOfInterest: (object: KubeObject) => boolean;
  #count = 0;

  /** @param isOfInterest what it says no to is not kept */
  constructor(isOfInterest: (object: KubeObject) => boolean = () => true) {
    this.#isOfInterest = isOfInterest;
  }

  /** Takes an object over unless something newer is known. */
  put(object: KubeObject): void {
    if (!this.#isOfInterest(object) || this.#isPast(object)) return;
    const key = objectKey(objectId(object));
    const known = this.#objects.get(key);
    if (known !== undefined && isOlder(object, known)) return;
    if (known !== undefined) this.#unlink(key, known);
    this.#objects.set(key, object);
    if (object.kind === 'Event') return this.#putEvent(key, object);
    const { uid, ownerReferences = [] } = object.metadata;
    if (uid !== undefined) this.#byUid.set(uid, object);
    for (const owner of ownerReferences) {
      const keys = this.#owned.get(owner.uid) ?? new Set();
      this.#owned.set(owner.uid, keys.add(key));
    }
    this.#touch(object);
  }

  remove(object: KubeObject): void {
    const key = objectKey(objectId(object));
    const known = this.#objects.get(key);
    if (object.metadata.uid !== undefined) this.#gone.set(object.metadata.uid, object);
    // A deletion of a former object with the same name says nothing about its successor.
    if (known === undefined || known.metadata.uid !== object.metadata.uid) return;
    this.#objects.delete(key);
    this.#touch(known);
    this.#unlink(key, known);
  }

  get(id: ObjectId): KubeObject | undefined {
    return this.#objects.get(objectKey(id));
  }

  ownedBy(owner: KubeObject, kind: string): KubeObject[] {
    const keys = this.#owned.get(owner.metadata.uid ?? '') ?? [];
    return [...keys].flatMap((key) => this.#objects.get(key) ?? []).filter((object) => object.kind === kind);
  }

  eventsOf(object: KubeObject): readonly EventFact[] {
    return [...(this.#events.get(object.metadata.uid ?? '')?.values() ?? [])];
  }

  /** Grows whenever something is seen of the object, of what it owns, or of what is said of these. */
  changesOf(uid: string): number {
    return this.#changes.get(uid) ?? 0;
  }

  #isPast(object: KubeObject): boolean {
    const gone = this.#gone.get(object.metadata.uid ?? '');
    return gone !== undefined && !isOlder(gone, object);
  }

  #putEvent(key: string, event: KubeObject): void {
    const { uid, ...fact } = readEvent(event);
    const facts = this.#events.get(uid) ?? new Map<string, EventFact>();
    facts.delete(key);
    this.#events.set(uid, facts.set(key, fact));
    this.#touchUid(uid);
  }

  #touch({ metadata }: KubeObject): void {
    if (metadata.uid !== undefined) this.#changes.set(metadata.uid, ++this.#count);
    for (const { uid } of metadata.ownerReferences ?? []) this.#touchUid(uid);
  }

  #touchUid(uid: string): void {
    const object = this.#byUid.get(uid);
    if (object === undefined) this.#changes.set(uid, ++this.#count);
    else this.#touch(object);
  }

  #unlink(key: string, { kind, metadata }: KubeObject): void {
    if (kind === 'Event') return;
    if (metadata.uid !== undefined) this.#byUid.delete(metadata.uid);
    for (const { uid } of metadata.ownerReferences ?? []) this.#owned.get(uid)?.delete(key);
  }
}

/** Also of an object and its successor of the same name: what a watch tells late of the former says nothing of the latter. */
function isOlder(candidate: KubeObject, known: KubeObject): boolean {
  const [a, b] = [candidate.metadata.resourceVersion ?? '', known.metadata.resourceVersion ?? ''];
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) < BigInt(b);
}

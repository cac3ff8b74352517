import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectId, objectKey } from '@ushadow/kubernetes';

/** The objects seen so far, as new as they were reported. */
export class ClusterView {
  readonly #objects = new Map<string, KubeObject>();
  readonly #owned = new Map<string, Set<string>>();
  readonly #isOfInterest: (object: KubeObject) => boolean;

  /** @param isOfInterest what it says no to is not kept */
  constructor(isOfInterest: (object: KubeObject) => boolean = () => true) {
    this.#isOfInterest = isOfInterest;
  }

  /** Takes an object over unless something newer is known. */
  put(object: KubeObject): void {
    if (!this.#isOfInterest(object)) return;
    const key = objectKey(objectId(object));
    const known = this.#objects.get(key);
    if (known !== undefined && isOlder(object, known)) return;
    if (known !== undefined) this.#unlink(key, known);
    this.#objects.set(key, object);
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const keys = this.#owned.get(uid) ?? new Set();
      this.#owned.set(uid, keys.add(key));
    }
  }

  remove(object: KubeObject): void {
    const key = objectKey(objectId(object));
    const known = this.#objects.get(key);
    // A deletion of a former object with the same name says nothing about its successor.
    if (known === undefined || known.metadata.uid !== object.metadata.uid) return;
    this.#unlink(key, known);
    this.#objects.delete(key);
  }

  get(id: ObjectId): KubeObject | undefined {
    return this.#objects.get(objectKey(id));
  }

  ofKind(kind: string): KubeObject[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind);
  }

  ownedBy(owner: KubeObject, kind: string): KubeObject[] {
    const keys = this.#owned.get(owner.metadata.uid ?? '') ?? [];
    return [...keys].flatMap((key) => this.#objects.get(key) ?? []).filter((object) => object.kind === kind);
  }

  #unlink(key: string, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) this.#owned.get(uid)?.delete(key);
  }
}

function isOlder(candidate: KubeObject, known: KubeObject): boolean {
  if (candidate.metadata.uid !== known.metadata.uid) return false;
  const [a, b] = [candidate.metadata.resourceVersion ?? '', known.metadata.resourceVersion ?? ''];
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) < BigInt(b);
}

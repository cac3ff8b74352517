import type { JsonObject, JsonValue, KubeObject, Owner } from '@ushadow/kubernetes';
import { isJsonObject, owned } from '@ushadow/kubernetes';

/** Who writes: noted on each object's own metadata, never in a pod template, and no difference by itself. */
export interface WriteStamp {
  readonly deploymentId: string;
  /** Epochs of one scope can be compared: who writes, for what. Those of another one say nothing. */
  readonly scope: string;
  /** Grows with each holder. */
  readonly epoch: bigint;
}

const DEPLOYMENT = 'ushadow.io/deployment';
const EPOCH = 'ushadow.io/epoch';
const STAMPS: ReadonlySet<string> = new Set([DEPLOYMENT, EPOCH]);

/** Somebody who took this deployment over, or a later one, has written already: this holder must not. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
  /** Whoever wrote has this one. */
  readonly epoch: bigint;

  constructor(message: string, epoch: bigint) {
    super(message);
    this.epoch = epoch;
  }
}

export function stamped(object: KubeObject, stamp: WriteStamp | undefined): KubeObject {
  if (stamp === undefined) return object;
  const { deploymentId, scope, epoch } = stamp;
  const marks = { [DEPLOYMENT]: deploymentId, [EPOCH]: `${scope}/${epoch}` };
  const annotations = { ...object.metadata.annotations, ...marks };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** @throws Fenced when a later holder of the same scope has written this object */
export function checkFence(live: KubeObject | undefined, stamp: WriteStamp | undefined): void {
  const mark = live === undefined ? undefined : readMark(live);
  if (live === undefined || mark === undefined || stamp === undefined) return;
  const { scope, epoch } = mark;
  if (scope !== stamp.scope || epoch <= stamp.epoch) return;
  const what = `${live.kind} ${live.metadata.name}`;
  throw new Fenced(`${what} was written under epoch ${epoch}, after ${stamp.epoch}`, epoch);
}

/** True when it was last written by a holder of the same scope. */
export function isOfScope(live: KubeObject, { scope }: WriteStamp): boolean {
  return readMark(live)?.scope === scope;
}

/** True when it was last written by this very holder. */
export function isOfHolder(live: KubeObject, stamp: WriteStamp | undefined): boolean {
  if (stamp === undefined || live.metadata.annotations?.[DEPLOYMENT] !== stamp.deploymentId) return false;
  const mark = readMark(live);
  return mark?.scope === stamp.scope && mark.epoch === stamp.epoch;
}

function readMark({ metadata }: KubeObject): { readonly scope: string; readonly epoch: bigint } | undefined {
  const [, scope, epoch] = /^(.*)\/(\d{1,19})$/.exec(metadata.annotations?.[EPOCH] ?? '') ?? [];
  return scope === undefined || epoch === undefined ? undefined : { scope, epoch: BigInt(epoch) };
}

/** Metadata without the stamps, as comparisons see it. */
export function withoutStamps(metadata: JsonObject): JsonObject {
  return withoutKeys(metadata, 'annotations', (key) => STAMPS.has(key));
}

/** The same for a managed-fields entry. */
export function withoutStampFields(fields: JsonValue): JsonValue {
  const metadata = isJsonObject(fields) ? fields['f:metadata'] : undefined;
  if (!isJsonObject(fields) || !isJsonObject(metadata)) return fields;
  const rest = withoutKeys(metadata, 'f:annotations', (key) => STAMPS.has(key.replace(/^f:/, '')));
  const { 'f:metadata': _metadata, ...others } = fields;
  return Object.keys(rest).length === 0 ? others : { ...fields, 'f:metadata': rest };
}

function withoutKeys(parent: JsonObject, name: string, isStamp: (key: string) => boolean): JsonObject {
  const map = parent[name];
  if (!isJsonObject(map)) return parent;
  const kept = Object.entries(map).filter(([key]) => !isStamp(key));
  const { [name]: _map, ...others } = parent;
  const isEmpty = kept.every(([key]) => key === '.');
  return isEmpty ? others : { ...parent, [name]: Object.fromEntries(kept) };
}
/** What is written of an object: it, whose it is, and by which holder. Added last, so that nothing overrides it. */
export function marked(
  desired: KubeObject,
  { owner, stamp }: { readonly owner?: Owner; readonly stamp?: WriteStamp },
): KubeObject {
  return stamped(owned(desired, owner), stamp);
}

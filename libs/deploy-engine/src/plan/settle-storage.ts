import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, isJsonObject, parseQuantity, valueAt } from '@ushadow/kubernetes';
import { listAt, textAt } from '../readiness/fields.ts';

/** An object as it can be written over what is there, and what of the wish is left out for that. */
export interface Settled {
  readonly object: KubeObject;
  readonly left: readonly string[];
}

/** Says of a claim's size that nobody asked for it; so long as that is the size. */
const DEFAULT_SIZE = 'ushadow.io/default-size';
/** What a claim has for good. */
const FIXED = [
  'accessModes',
  'dataSource',
  'dataSourceRef',
  'selector',
  'storageClassName',
  'volumeMode',
  'volumeName',
];
const WORDS: Readonly<Record<string, string>> = { accessModes: 'access mode', storageClassName: 'storage class' };

/**
 * Storage that is there keeps its class, access mode and selector whatever is wished by now, and a size that is only the
 * default; it never shrinks. More is given where that is asked for.
 */
export function settleStorage(desired: KubeObject, live: KubeObject): Settled {
  if (desired.kind === 'PersistentVolumeClaim') return settleClaim(desired, live);
  return desired.kind === 'StatefulSet' ? settleTemplates(desired, live) : { object: desired, left: [] };
}

/** Nobody has asked for the size that this claim, or a claim of this set, would grow to. */
export function growsByDefault(desired: KubeObject, live: KubeObject): boolean {
  if (desired.kind !== 'PersistentVolumeClaim' || !isDefault(desired)) return false;
  return isMore(sizeOf(desired), sizeOf(live));
}

function settleClaim(desired: KubeObject, live: KubeObject): Settled {
  const { spec, left } = settleSpec(desired, live);
  return { object: { ...desired, spec }, left };
}

/** Templates of a set that is there cannot be changed at all. */
function settleTemplates(desired: KubeObject, live: KubeObject): Settled {
  const known = new Map(
    listAt(live, ['spec', 'volumeClaimTemplates']).map((each) => [textAt(each, ['metadata', 'name']), each]),
  );
  const left: string[] = [];
  const templates = listAt(desired, ['spec', 'volumeClaimTemplates']).map((template): JsonObject => {
    const there = known.get(textAt(template, ['metadata', 'name']));
    if (there === undefined) return template;
    const settled = settleSpec(template, there);
    left.push(...settled.left);
    return { ...template, metadata: recordAt(there, ['metadata']), spec: settled.spec };
  });
  if (templates.length === 0) return { object: desired, left };
  const spec = desired['spec'] as JsonObject;
  return { object: { ...desired, spec: { ...spec, volumeClaimTemplates: templates } }, left };
}

function settleSpec(desired: unknown, live: unknown): { readonly spec: JsonObject; readonly left: readonly string[] } {
  const [wanted, there] = [recordAt(desired, ['spec']), recordAt(live, ['spec'])];
  const differing = FIXED.filter((field) => wanted[field] !== undefined && !isSame(wanted[field], there[field]));
  const fixed = FIXED.filter(
    (field) => there[field] !== undefined && (wanted[field] !== undefined || field !== 'volumeName'),
  );
  const plain = Object.entries(wanted).filter(([field]) => !FIXED.includes(field));
  const [asked, has] = [sizeOf(desired), sizeOf(live)];
  const keeps = has !== undefined && (isDefault(desired) || isMore(has, asked));
  const resources = recordAt(wanted, ['resources']);
  const requests = recordAt(resources, ['requests']);
  return {
    spec: {
      ...Object.fromEntries(plain),
      ...Object.fromEntries(fixed.map((field) => [field, there[field] ?? null])),
      ...(keeps ? { resources: { ...resources, requests: { ...requests, storage: has } } } : {}),
    },
    left: [
      ...differing.map(
        (field) =>
          `the claim keeps its ${WORDS[field] ?? field} ${show(there[field])}; ${show(wanted[field])} is left out`,
      ),
      ...(keeps && !isDefault(desired) && asked !== undefined
        ? [`the claim keeps its size ${has}: it cannot shrink to ${asked}`]
        : []),
    ],
  };
}

function recordAt(value: unknown, path: readonly string[]): JsonObject {
  const found = valueAt(value, path);
  return isJsonObject(found) ? found : {};
}

function sizeOf(claim: unknown): string | undefined {
  const size = textAt(claim, ['spec', 'resources', 'requests', 'storage']);
  return size === '' ? undefined : size;
}

function isDefault(claim: unknown): boolean {
  const size = sizeOf(claim);
  return size !== undefined && textAt(claim, ['metadata', 'annotations', DEFAULT_SIZE]) === size;
}

function isMore(size: string | undefined, other: string | undefined): boolean {
  const [left, right] = [parseQuantity(size ?? ''), parseQuantity(other ?? '')];
  return left !== undefined && right !== undefined && left > right;
}

function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && canonicalJson(left) === canonicalJson(right));
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'none' : typeof value === 'string' ? `"${value}"` : canonicalJson(value);
}

import type { JsonObject, JsonValue, KubeObject, KubernetesApiError } from '@ushadow/kubernetes';
import { canonicalJson, compareQuantities, isJsonObject, textAt } from '@ushadow/kubernetes';
import { isImmutableFieldError } from '../../immutable-field.ts';
import { ownsInSpec } from '../field-ownership.ts';
import type { Fit } from './fit.ts';
import { specOf, withSpec } from './fit.ts';

/** What a claim has from the moment it is made on. */
const SETTLED = [
  'accessModes',
  'dataSource',
  'dataSourceRef',
  'selector',
  'storageClassName',
  'volumeMode',
  'volumeName',
];
const SIZE = ['resources', 'requests', 'storage'] as const;
/** Says of a size that nobody asked for it; so long as that is the size. */
const DEFAULT_SIZE = 'ushadow.io/default-size';
const REMEDY = 'to have it otherwise, back the data up, delete the claim by name and deploy again';

/**
 * A claim is never made anew, as its data would go with it: what cannot be changed stays as it is there, and is said. A
 * size that nobody asked for changes nothing; more is given where it is asked for and the class lets the claim grow.
 *
 * @param mayGrow false once the server has refused it
 */
export function fitClaim(desired: KubeObject, live: KubeObject, manager: string, mayGrow: boolean): Fit {
  const isOurs = (field: string): boolean => ownsInSpec(live, manager, field);
  const { stays, notes } = whatStays(desired, live, { isOurs, mayGrow });
  return stays.size === 0 ? { body: desired, notes } : { body: withSpec(desired, Object.fromEntries(stays)), notes };
}

interface Stays {
  /** Fields of the specification. */
  readonly stays: ReadonlyMap<string, JsonValue | undefined>;
  readonly notes: readonly string[];
}

/** What of a claim, or of a template for one, stays as it is there. */
export function whatStays(
  desired: KubeObject,
  live: KubeObject,
  { isOurs, mayGrow }: { readonly isOurs: (field: string) => boolean; readonly mayGrow: boolean },
): Stays {
  const [wanted, there] = [specOf(desired), specOf(live)];
  const stays = new Map<string, JsonValue | undefined>();
  const notes: string[] = [];
  for (const field of SETTLED) {
    const [asked, has] = [wanted[field], there[field]];
    if (same(asked, has) || (asked === undefined && !isOurs(field))) continue;
    stays.set(field, has);
    if (asked !== undefined) notes.push(note(field, has, asked));
  }
  const [asked, has] = [textAt(desired, ['spec', ...SIZE]), textAt(live, ['spec', ...SIZE])];
  const isUnasked = asked !== '' && textAt(desired, ['metadata', 'annotations', DEFAULT_SIZE]) === asked;
  const isRefused = isLess(asked, has) || (!mayGrow && isLess(has, asked));
  if (has !== '' && asked !== has && (isUnasked || isRefused)) {
    stays.set('resources', { ...objectAt(wanted, 'resources'), requests: { storage: has } });
    if (!isUnasked) notes.push(note(SIZE.join('.'), has, asked));
  }
  return { stays, notes };
}

function objectAt(value: JsonObject, field: string): JsonObject {
  const found = value[field];
  return isJsonObject(found) ? found : {};
}

function note(field: string, has: JsonValue | undefined, asked: JsonValue): string {
  return `spec.${field} stays ${text(has)} and does not become ${text(asked)}: it cannot be changed while the claim exists; ${REMEDY}`;
}

function text(value: JsonValue | undefined): string {
  return value === undefined ? 'unset' : typeof value === 'string' ? value : canonicalJson(value);
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}

function isLess(a: string, b: string): boolean {
  return (compareQuantities(a, b) ?? 0) < 0;
}

/** The class does not let its claims grow, or nothing is bound to this one yet. */
export function isGrowthRefused(error: KubernetesApiError): boolean {
  return isImmutableFieldError(error) || (error.httpStatus === 403 && /resize/.test(error.message));
}

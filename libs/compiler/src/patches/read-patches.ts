import { own } from '@ushadow/kubernetes';
import type { ComposeProject, PlainValue } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { JsonObject } from '@ushadow/kubernetes';
import { isBlock } from '../settings/from-extension.ts';
import type { JsonPatchOperation } from '@ushadow/kubernetes-schema';

/** One patch of `x-k8s`, and which objects it is for. */
export interface ObjectPatch {
  readonly kind: string;
  /** Object name; absent: the only object of that kind in scope. */
  readonly name: string | undefined;
  /** The service whose objects are meant; absent at the top of the file. */
  readonly service: string | undefined;
  readonly change: { readonly merge: JsonObject } | { readonly operations: readonly JsonPatchOperation[] };
  readonly path: string;
}

const KEYS = ['x-k8s', 'x-kubernetes'] as const;

/**
 * `x-k8s: { Kind: … }` or `{ Kind/name: … }`, at a service or at the top: a mapping is a strategic merge patch, a list is
 * a JSON patch.
 */
export function readPatches(project: ComposeProject, services: readonly string[]): readonly ObjectPatch[] {
  const ofServices = services.flatMap((name) => {
    const service = own(project.services, name) ?? own(project.disabledServices, name);
    return KEYS.flatMap((key) => patchesOf(service?.[key], name, jsonPointer(['services', name, key])));
  });
  return [...ofServices, ...KEYS.flatMap((key) => patchesOf(project[key], undefined, jsonPointer([key])))];
}

/** Patches at the top of the file. */
export function hasProjectPatches(project: ComposeProject): boolean {
  return KEYS.some((key) => isBlock(project[key]));
}

function patchesOf(block: PlainValue | undefined, service: string | undefined, path: string): readonly ObjectPatch[] {
  if (!isBlock(block)) return [];
  return Object.entries(block)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([target, value]) => {
      const [kind = '', name] = target.split('/');
      const change = Array.isArray(value)
        ? { operations: value as unknown as readonly JsonPatchOperation[] }
        : { merge: (isBlock(value) ? value : {}) as JsonObject };
      return { kind, name, service, change, path: path + jsonPointer([target]) };
    });
}

import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, classifyError } from '@ushadow/kubernetes';

/** How often an object is read again that others keep changing. */
export const CONFLICT_TRIES = 10;

/** A version that no object has: with it, an apply makes what is not there and refuses where something is. */
const NONE = '1';

export function onlyNew(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: NONE } };
}

/**
 * There is an object of that name: not the version that was named, or one with fields of somebody else, of which the server
 * speaks first.
 */
export function isAlreadyThere(error: unknown): boolean {
  return isOutdated(error) || isFieldConflict(error);
}

export function isFieldConflict(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'field-conflict';
}

/** The object is not the very version that was read, or not even the same one. */
export function isOutdated(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'conflict';
}

import { KubernetesApiError, classifyError } from '@ushadow/kubernetes';

/** How often an object is looked at again that others keep changing. */
export const CONFLICT_TRIES = 10;

/**
 * There is an object of that name: not the version that was named, or one with fields of somebody else, of which the server
 * speaks first.
 */
export function isThere(error: unknown): boolean {
  return isOutdated(error) || isFieldConflict(error);
}

export function isFieldConflict(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'field-conflict';
}

/** The object is not the very version that was looked at, or not even the same one. */
export function isOutdated(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'conflict';
}

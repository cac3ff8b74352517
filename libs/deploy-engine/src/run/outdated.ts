import { KubernetesApiError, classifyError } from '@ushadow/kubernetes';

/** How often an object is looked at again that others keep changing. */
export const CONFLICT_TRIES = 10;

/** The object is not the very version that was looked at, or not even the same one. */
export function isOutdated(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'conflict';
}

import type { PodPolicy } from '../compile-input.ts';
import { isWithin } from './below.ts';

/** Every path where nobody has decided. */
export function isAllowedPath(path: string, { hostPaths }: PodPolicy): boolean {
  return hostPaths === undefined || hostPaths.some((folder) => isWithin(path, folder));
}

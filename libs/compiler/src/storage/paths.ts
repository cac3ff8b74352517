import type { PodPolicy } from '../compile-input.ts';

/** Every path where nobody has decided. */
export function isAllowedPath(path: string, { hostPaths }: PodPolicy): boolean {
  return hostPaths === undefined || hostPaths.some((folder) => isWithin(path, folder));
}

/** True for what lies below a folder, and not for the folder itself. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`) && path !== folder;
}

/** True for the folder itself as well, with a slash at its end or without. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder.replace(/(?<=.)\/+$/, '') || isBelow(path, folder);
}

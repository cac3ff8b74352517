// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * True when node_modules holds what package-lock.json asks for. npm writes its own record as the last act of an install, so
 * an install that was interrupted does not count, and one made by hand does.
 * @param {string} root
 */
export async function isInstalled(root) {
  const [wanted, present] = await Promise.all([
    readPackages(join(root, 'package-lock.json')),
    readPackages(join(root, 'node_modules', '.package-lock.json')).catch(() => undefined),
  ]);
  return present !== undefined && isSatisfied(wanted, present);
}

/**
 * Packages for other systems are optional: they may be missing.
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} present
 */
export function isSatisfied(wanted, present) {
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (!found) return optional === true || devOptional === true;
    return link === true ? found.link === true : found.version === version;
  });
}

/** @param {string} file @returns {Promise<Record<string, LockedPackage>>} */
async function readPackages(file) {
  return JSON.parse(await readFile(file, 'utf8')).packages;
}

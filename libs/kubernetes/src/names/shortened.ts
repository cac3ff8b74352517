import { sha256Hex } from '../hash/sha256.ts';

const HASH_LENGTH = 8;

/**
 * A stem with a digest of the whole text behind it, no longer than `maxLength`: the one place where names are cut, so that
 * texts that differ only in what is cut off, or in what a stem leaves out, stay apart.
 */
export function shortened(stem: string, whole: string, maxLength: number): string {
  const room = stem.slice(0, maxLength - HASH_LENGTH - 1).replace(/[^A-Za-z0-9]+$/, '');
  return `${room === '' ? 'x' : room}-${sha256Hex(whole).slice(0, HASH_LENGTH)}`;
}

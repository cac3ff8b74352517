import { accountNumber, userNumbers } from '../names/user-numbers.ts';
import type { FileGrant } from '../model/storage.ts';

/**
 * The mode of a config or secret. Files in a pod belong to root, so what Compose lets the owner do is let do the group,
 * which the user who runs is in; where only the image knows that user, everyone. What is root's own stays root's.
 */
export function fileMode(grant: FileGrant, mode: number | undefined, user: string | undefined): number | undefined {
  if (mode === undefined || !isKept(mode) || ownerOf(grant, user) === 0) return mode;
  const rights = mode & 0o500;
  const known = userNumbers(user)[0] !== undefined;
  return mode | (rights >> 3) | (known ? 0 : rights >> 6);
}

/** Not everyone may read it, or run it where its owner may. */
export function isKept(mode: number): boolean {
  const rights = mode & 0o500;
  return (mode & (rights >> 6)) !== rights >> 6;
}

/** The owner that the file gives, else the user who runs. */
function ownerOf({ uid }: FileGrant, user: string | undefined): number | undefined {
  return uid === undefined || uid === '' ? userNumbers(user)[0] : accountNumber(uid);
}

import { writeFile } from 'node:fs/promises';

/** True when this call made the file: of several processes that ask for the same one, for one of them. */
export async function createNew(path: string, content = ''): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
/** The code of a system error: "ENOENT". Not by `instanceof`, which fails between the realms of a test runner. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

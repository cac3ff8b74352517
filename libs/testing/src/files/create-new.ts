import { writeFile } from 'node:fs/promises';
import { errorCode } from '../servers/process/error-code.ts';

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

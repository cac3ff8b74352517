import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from './install-once.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'cache-'));
});

afterEach(() => rm(cache, { recursive: true, force: true }));

describe('installOnce', () => {
  it('produces a folder once, however many ask at the same time', async () => {
    const directory = join(cache, 'tool-1.0');
    let produced = 0;
    const ask = (): Promise<string> =>
      installOnce({
        directory,
        produce: async (staging) => {
          produced += 1;
          await writeFile(join(staging, 'tool'), 'x');
        },
      });
    await Promise.all([ask(), ask(), ask()]);
    expect(produced).toBe(1);
    expect(await readFile(join(directory, 'tool'), 'utf8')).toBe('x');
    expect(await readdir(cache)).toEqual(['tool-1.0']);
  });

  it('leaves no finished folder after a failure, and starts afresh the next time', async () => {
    const directory = join(cache, 'tool-1.0');
    const fail = installOnce({
      directory,
      produce: async (staging) => {
        await writeFile(join(staging, 'half'), '');
        throw new Error('interrupted');
      },
    });
    await expect(fail).rejects.toThrow('interrupted');
    expect(existsSync(directory)).toBe(false);
    await installOnce({ directory, produce: (staging) => writeFile(join(staging, 'whole'), '') });
    expect(await readdir(directory)).toEqual(['whole']);
  });
});

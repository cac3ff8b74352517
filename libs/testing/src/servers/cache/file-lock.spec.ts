import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from './file-lock.ts';

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  lock = join(folder, 'a.lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('withFileLock', () => {
  it('lets one work at a time and reports to the others whom they wait for', async () => {
    const events: string[] = [];
    const waits: number[] = [];
    const work = (name: string) => async (): Promise<void> => {
      events.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} out`);
    };
    const options = { pollMs: 5, onWait: (holder: number) => void waits.push(holder) };
    await Promise.all(['a', 'b', 'c'].map((name) => withFileLock(lock, work(name), options)));
    for (let index = 0; index < events.length; index += 2) {
      expect(events[index + 1]).toBe(events[index]?.replace('in', 'out'));
    }
    expect(new Set(waits)).toEqual(new Set([process.pid]));
  });

  it('is given back when the work fails', async () => {
    await expect(withFileLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock)).toBe(false);
    expect(await withFileLock(lock, async () => 'free')).toBe('free');
  });

  it('is taken over from a holder that died without giving it back', async () => {
    const { pid } = spawnSync('/bin/sh', ['-c', 'exit 0']);
    await writeFile(lock, String(pid));
    expect(await withFileLock(lock, async () => 'mine')).toBe('mine');
  });
});

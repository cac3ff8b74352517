import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENDED_MS = 60_000;
const script = fileURLToPath(new URL('./testing/abandon-writes.ts', import.meta.url));

/** In a process of its own: one that stands still in native code cannot even end its own test. */
it('writes that are given up at any moment never hold up the process', async () => {
  const child = spawn(process.execPath, ['--conditions=@ushadow/source', '--no-warnings', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: ENDED_MS,
    killSignal: 'SIGKILL',
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

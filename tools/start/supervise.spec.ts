import { describe, expect, it } from '@jest/globals';
import type { TiedProcess } from '@ushadow/testing/servers';
import { supervise } from './supervise.ts';

/** A program in name only: ends when the test says so. */
function program(): TiedProcess & { readonly end: (code: number) => void } {
  let end: (code: number) => void = () => undefined;
  let ended = false;
  const exited = new Promise<number>((resolve) => {
    end = (code) => {
      ended = true;
      resolve(code);
    };
  });
  return {
    pid: 1,
    exited,
    hasExited: () => ended,
    signal: () => undefined,
    stop: async () => end(0),
    lastOutput: () => '',
    end: (code) => end(code),
  };
}

describe('supervise', () => {
  it('starts a program again after it crashed, and says so', async () => {
    const [first, second] = [program(), program()];
    const lines: string[] = [];
    const restarted = new Promise<void>((resolve) => {
      const start = async (): Promise<TiedProcess> => {
        resolve();
        return second;
      };
      supervise(first, { name: 'svc', start, tell: (line) => lines.push(line), logFile: 'svc.log', pauseMs: 1 });
    });
    first.end(3);
    await restarted;
    expect(lines).toEqual(['svc ended (exit code 3); starting it again in 0.001 s, see svc.log']);
  });

  it('leaves a program stopped that it was told to stop', async () => {
    let starts = 0;
    const start = async (): Promise<TiedProcess> => {
      starts += 1;
      return program();
    };
    const supervisor = supervise(program(), { name: 'svc', start, tell: () => undefined, logFile: '', pauseMs: 1 });
    await supervisor.stop();
    expect(starts).toBe(0);
  });
});

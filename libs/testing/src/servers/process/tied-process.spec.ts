import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startTied } from './tied-process.ts';
import type { TiedProcess, TiedProcessOptions } from './tied-process.ts';

const started: TiedProcess[] = [];

function shell(script: string, options: Partial<TiedProcessOptions> = {}): TiedProcess {
  const child = startTied({ program: '/bin/sh', args: ['-c', script], ...options });
  started.push(child);
  return child;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop()));
});

describe('a tied process', () => {
  it("gives back the program's own exit code and what it wrote", async () => {
    const child = shell('echo out; echo err >&2; exit 7');
    expect(await child.exited).toBe(7);
    expect(child.lastOutput()).toContain('out');
    expect(child.lastOutput()).toContain('err');
  });

  it('lets the program end in its own way when it is asked to stop', async () => {
    let output = '';
    const child = shell('trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done', {
      onOutput: (text) => {
        output += text;
      },
    });
    await until(() => output.includes('up'));
    await child.stop();
    expect(output).toContain('bye');
    expect(await child.exited).toBe(0);
  });

  it('kills a program that does not want to stop once the grace period is over', async () => {
    let output = '';
    const child = shell('trap "" TERM; echo up; while :; do sleep 0.05; done', {
      graceSeconds: 0,
      onOutput: (text) => {
        output += text;
      },
    });
    await until(() => output.includes('up'));
    await child.stop();
    expect(child.hasExited()).toBe(true);
  });

  it('fails at once, with a reason, for a program that does not exist', async () => {
    const child = startTied({ program: '/nowhere/program', args: [] });
    expect(await child.exited).toBe(127);
    expect(child.lastOutput()).toContain('/nowhere/program');
  });

  it('does not outlive a parent that was killed with -9', async () => {
    const module = new URL('./tied-process.ts', import.meta.url).href;
    const script = `
      const { startTied } = await import(${JSON.stringify(module)});
      startTied({ program: '/bin/sh', args: ['-c', 'echo $$; exec sleep 600'], onOutput: (text) => process.stdout.write(text) });
    `;
    const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });
});

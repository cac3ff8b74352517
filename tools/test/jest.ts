import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Environment = Readonly<Record<string, string>>;

/** The test files that the arguments choose. */
export async function listTests(root: string, args: readonly string[], unitOnly: boolean): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, jestCommand(root, [...args, '--listTests']), {
    cwd: root,
    env: jestEnvironment(unitOnly, {}),
  });
  return stdout.split('\n').filter((line) => line !== '');
}

/** Runs jest in the foreground; its exit code says nothing that the summary does not. */
export async function runJest(
  root: string,
  args: readonly string[],
  unitOnly: boolean,
  env: Environment,
  workers = 2,
): Promise<void> {
  const own = [
    `--maxWorkers=${workers}`,
    '--reporters=default',
    `--reporters=${join(root, 'tools/test/summary-reporter.mjs')}`,
  ];
  const child = spawn(process.execPath, jestCommand(root, [...args, ...own]), {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: jestEnvironment(unitOnly, env),
    detached: true, // a process group of its own: what the tests leave behind ends with it
  });
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(name, () => signal(name));
  await new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  signal('SIGKILL');
}

function jestCommand(root: string, args: readonly string[]): string[] {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  // Threads that tests start load the workspace by themselves: from its sources, as the tests do.
  const node = ['--experimental-vm-modules', '--no-warnings', '--conditions=@ushadow/source'];
  return [...node, jest, '--passWithNoTests', ...args];
}

function jestEnvironment(unitOnly: boolean, env: Environment): NodeJS.ProcessEnv {
  return { ...process.env, ...(unitOnly ? { USHADOW_TEST_KIND: 'unit' } : {}), ...env };
}

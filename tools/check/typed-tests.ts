import { dirname, relative, resolve } from 'node:path';
import { command } from './command.ts';
import type { CommandResult } from './command.ts';

/** What the type checks take their files from. */
const CONFIGS = ['tsconfig.tests.json', 'tools/tsconfig.json', 'apps/web/tsconfig.json'];
const TEST = /\.(spec|e2e|faults|growth)\.tsx?$/;
const CANARY = 'tools/boundary-canary/untyped/no-tsconfig.growth.ts';

/** Every file of tests is in a tsconfig: Jest takes the types away unread, so nothing else would miss it. */
export async function checkTypedTests(root: string): Promise<CommandResult> {
  const typed = new Set((await Promise.all(CONFIGS.map((config) => filesOf(root, config)))).flat());
  const untyped = (await testsIn(root)).filter((file) => !typed.has(file));
  const complaints = untyped.filter((file) => file !== CANARY).map((file) => `${file} is in no tsconfig`);
  if (!untyped.includes(CANARY)) complaints.push('the canary in no tsconfig is not found');
  return { ok: complaints.length === 0, output: complaints.join('\n') };
}

async function filesOf(root: string, config: string): Promise<readonly string[]> {
  const { ok, output } = await command(root, 'tsc', ['-p', config, '--showConfig']);
  if (!ok) throw new Error(output);
  const { files } = JSON.parse(output) as { files: readonly string[] };
  return files.map((file) => relative(root, resolve(root, dirname(config), file)));
}

async function testsIn(root: string): Promise<readonly string[]> {
  const { output } = await command(root, 'git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  return output.split('\n').filter((file) => TEST.test(file));
}

import { repositoryRoot } from '@ushadow/testing';
import { checkDocs } from '../docs/check-docs.ts';
import { checkCanaries } from './canaries.ts';
import { checkCircles } from './circles.ts';
import { command } from './command.ts';
import type { CommandResult } from './command.ts';
import { checkDrift } from './drift.ts';
import { checkTypedTests } from './typed-tests.ts';

type Check = { readonly name: string; readonly run: (root: string) => Promise<CommandResult> };

const nx = (target: string) => (root: string) =>
  command(root, 'nx', ['run-many', '-t', target, '--outputStyle=static']);

/**
 * All projects in one process, which loads the compiler once. The boundary rule reads Nx's project graph from its cache, where
 * the first command leaves it; the canaries below show whether it did.
 */
async function lint(root: string): Promise<CommandResult> {
  const graph = await command(root, 'nx', ['show', 'projects']);
  return graph.ok ? command(root, 'eslint', ['.']) : graph;
}

/** In this order; a later check may use what an earlier one made (Prisma's clients, Nx's project graph). */
const CHECKS: readonly Check[] = [
  { name: 'format', run: (root) => command(root, 'prettier', ['--check', '.', '--log-level', 'warn']) },
  { name: 'generated clients', run: nx('generate') },
  { name: 'types', run: nx('typecheck') },
  { name: 'types of tests', run: (root) => command(root, 'tsc', ['-p', 'tsconfig.tests.json']) },
  { name: 'tests with types', run: checkTypedTests },
  { name: 'types of tools', run: (root) => command(root, 'tsc', ['-p', 'tools']) },
  { name: 'lint', run: lint },
  { name: 'boundary canaries', run: checkCanaries },
  { name: 'circles', run: checkCircles },
  { name: 'generated files', run: checkDrift },
  { name: 'documentation', run: checkDocs },
];

/** Runs all checks, also after one has failed, and gives back the exit code. */
export async function runChecks(): Promise<number> {
  const root = repositoryRoot();
  const failed: string[] = [];
  for (const { name, run } of CHECKS) {
    const startedAt = Date.now();
    const { ok, output } = await run(root);
    console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (ok) continue;
    failed.push(name);
    console.log(output.trimEnd().replace(/^/gm, '    '));
  }
  console.log(failed.length === 0 ? 'All checks passed' : `${failed.length} checks failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

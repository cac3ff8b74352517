import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import type { CommandResult } from './command.ts';

const CODE = ['apps', 'libs', 'tools', 'bench', 'e2e'];
const CANARY = 'tools/boundary-canary/circle';

/** Types count as well: files whose types need each other are one file, or want a third. */
const OPTIONS: ICruiseOptions = {
  validate: true,
  ruleSet: { forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }] },
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: ['node_modules'] },
  exclude: { path: ['node_modules', '/dist/', '/generated/', '/\\.next/'] },
  enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs'] },
};

/** Files that import each other, over however many others. Two that must be found show that the rule is on. */
export async function checkCircles(root: string): Promise<CommandResult> {
  const [found, canary] = [await circlesIn(root, CODE, [CANARY]), await circlesIn(root, [CANARY])];
  const complaints = canary.length === 1 ? found : [...found, 'the circle of the canary is not found'];
  return { ok: complaints.length === 0, output: complaints.join('\n') };
}

async function circlesIn(root: string, folders: readonly string[], without: readonly string[] = []): Promise<string[]> {
  const exclude = { path: [...(OPTIONS.exclude as { path: string[] }).path, ...without] };
  const { output } = await cruise([...folders], { ...OPTIONS, exclude, baseDir: root });
  const circles = (output as ICruiseResult).summary.violations.map(({ from, cycle = [] }) =>
    [from, ...cycle.map(({ name }) => name)].join(' → '),
  );
  // A circle is found once for each of its files: the first stands for all.
  const files = (circle: string): string => [...new Set(circle.split(' → '))].sort().join();
  return [...new Map(circles.map((circle) => [files(circle), circle])).values()];
}

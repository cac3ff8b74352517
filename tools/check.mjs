// @ts-check
/** `npm run check`: format, lint with boundaries, types and generated files; `--fix` mends format and lint. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runChecks } = await import('./check/run-checks.ts');
  process.exitCode = await runChecks();
}

// @ts-check
/** `npm test [-- FILE… jest options]`: all tests on real servers; `--unit` only those that need none. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runTests } = await import('./test/run-tests.ts');
  process.exit(await runTests(process.argv.slice(2)));
}

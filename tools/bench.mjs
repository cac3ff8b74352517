// @ts-check
/** `npm run bench -- NAME [arguments]`: runs bench/NAME.mjs on the servers it needs; without a name lists the cases. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runBench } = await import('./bench/run-bench.ts');
  process.exitCode = await runBench(process.argv.slice(2));
}

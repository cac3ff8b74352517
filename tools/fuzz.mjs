// @ts-check
/** `npm run fuzz -- uploads [--minutes N] [--seed N] [--record]`: hands hostile uploads to a real compiler service. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runFuzz } = await import('./fuzz/run-fuzz.ts');
  process.exitCode = await runFuzz(process.argv.slice(2));
}

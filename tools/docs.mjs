// @ts-check
/** `npm run docs:check`: what the pages name is there, and what the README tells people to run does run. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { checkWhole } = await import('./docs/check-whole.ts');
  process.exitCode = await checkWhole();
}

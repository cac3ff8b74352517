// @ts-check
/** `npm run generate`: runs every generator of tools/generators, or those that are named. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runGenerators } = await import('./generators/run-generators.ts');
  await runGenerators(process.argv.slice(2));
}

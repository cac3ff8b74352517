// @ts-check
/** `npm run keys:rotate`: wraps everything that is stored encrypted with the first key of the ring. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { rotate } = await import('./keys/rotate.ts');
  process.exitCode = await rotate(process.env, (line) => console.log(line));
}

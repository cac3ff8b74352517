// @ts-check
/** `npm start [-- --no-sandbox]`: everything on this machine, one URL, until Ctrl-C. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { start } = await import('./start/start.ts');
  await start(process.argv.slice(2));
}

// @ts-check
/** `npm run bus -- keys|config|streams`: the users of the bus, their rights, and the streams. */
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const { runBus } = await import('./bus/run-bus.ts');
  process.exitCode = await runBus(process.argv.slice(2), process.env, (line) => console.log(line));
}

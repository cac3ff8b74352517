// @ts-check
/** `npm run fuzz -- NAME --minutes N [--seed N]`: feeds tools/fuzz/NAME.ts for so long; the exit code says whether it held. */
import { existsSync } from 'node:fs';
import { underPinnedNode } from './bootstrap/pinned-node.mjs';

if (await underPinnedNode(import.meta.url)) {
  const [name = '', ...args] = process.argv.slice(2);
  const file = new URL(`./fuzz/${name}.ts`, import.meta.url);
  if (/^[a-z]+$/.test(name) && existsSync(file)) {
    const { fuzz } = await import(file.href);
    process.exitCode = await fuzz(args, console.log);
  } else {
    console.error(`fuzz: there is no ${name || 'fuzzer without a name'}; see tools/fuzz`);
    process.exitCode = 1;
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const compiles = (main) =>
  /^ *compile /m.test(spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' }).stdout);

/** How to start ours as a process: the built command line where there is one, else the converter from sources. */
export function cliCommand() {
  const main = at('apps/cli/dist/main.js');
  if (existsSync(main) && compiles(main))
    return {
      what: 'built command line',
      command: (file, out) => [process.execPath, main, 'compile', '-f', file, '-o', out],
    };
  const sources = [
    process.execPath,
    '--conditions=@ushadow/source',
    '--no-warnings',
    at('libs/compiler/test/convert.ts'),
  ];
  return {
    what: 'from TypeScript sources, as no command line is built',
    command: (file, out) => [...sources, file, out],
  };
}

#!/usr/bin/env node
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

// Node 22 and later keep compiled code between runs; a third of a short run is compiling.
nodeModule.enableCompileCache?.();

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) await import(main.href);
else {
  process.stderr.write('ushadow is not built yet: run `npm run build` first.\n');
  process.exitCode = 2;
}

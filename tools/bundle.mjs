// @ts-check
/**
 * `node ../../tools/bundle.mjs [ENTRY…]`, in the folder of a service: makes one file of what `tsc` has left in `dist`, with the
 * packages that it takes. A service of a thousand files starts in half the time so. `main` becomes `dist/service.js`; another
 * entry, such as the one of a thread, keeps its name.
 */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** It finds its files by where it stands. */
const UNBUNDLED = ['swagger-ui-dist'];

/** What packages of CommonJS expect to be there. */
const COMMON_JS = [
  "import { createRequire as createRequire$ } from 'node:module';",
  "import { fileURLToPath as fileURLToPath$ } from 'node:url';",
  'const require = createRequire$(import.meta.url);',
  'const __filename = fileURLToPath$(import.meta.url);',
  "const __dirname = fileURLToPath$(new URL('.', import.meta.url));",
].join(' ');

/** Says that a file has no lines to map: traces through packages name the bundle, ours name their sources. */
const UNMAPPED =
  '\n//# sourceMappingURL=data:application/json;base64,' +
  Buffer.from(JSON.stringify({ version: 3, sources: [''], mappings: 'A' })).toString('base64');

/**
 * Each logger of pino asks who has made it, for threads that write the log, of which there are none here. Where traces name the
 * sources, that reads the whole map of a service: a second of each start.
 */
const CALLERS = /[\\/]pino[\\/]lib[\\/]caller\.js$/;
const NO_CALLERS = 'module.exports = () => [];';

/** @type {import('esbuild').Plugin} */
const packages = {
  name: 'packages',
  setup({ onResolve, onLoad, resolve }) {
    // A package that another one only takes if it is installed: it asks for it, and goes on without.
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === packages || path.startsWith('node:')) return undefined;
      const found = await resolve(path, { ...from, pluginData: packages });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: (CALLERS.test(path) ? NO_CALLERS : await readFile(path, 'utf8')) + UNMAPPED,
      loader: 'js',
    }));
  },
};

const entries = process.argv.length > 2 ? process.argv.slice(2) : ['main'];
const { errors } = await build({
  entryPoints: entries.map((entry) => ({
    in: join('dist', `${entry}.js`),
    out: entry === 'main' ? 'service' : basename(entry),
  })),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // Names of classes are tokens of Nest and stand in logs.
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  external: UNBUNDLED,
  banner: { js: COMMON_JS },
  plugins: [packages],
  logLevel: 'warning',
});
process.exitCode = errors.length > 0 ? 1 : 0;

/**
 * Compiles one Compose file to a folder, as converters are called by a scorer:
 *   node --conditions=@ushadow/source libs/compiler/test/convert.ts FILE OUT
 * Exit 1 with the errors on standard error when nothing could be made; warnings go there too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileNames, printYaml } from '@ushadow/kubernetes';
import { compileFile, formatDiagnostic } from './harness/compile-file.ts';

const [file, out] = process.argv.slice(2);
if (file === undefined || out === undefined) {
  process.stderr.write('usage: convert.ts FILE OUT\n');
  process.exit(2);
}
const { result, diagnostics } = compileFile([resolve(file)]);
for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
if (!result?.ok) process.exit(1);
mkdirSync(out, { recursive: true });
const names = fileNames(result.objects);
result.objects.forEach((object, i) => writeFileSync(join(out, names[i] ?? `${i}.yaml`), printYaml([object])));

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileNames, printYaml } from '@ushadow/kubernetes';
import { compileFile, formatDiagnostic } from './compile-file.ts';
import type { CompiledFile } from './compile-file.ts';

/** What a shell computes with `printf %s FILE | sha1sum`. */
const keyOf = (file: string): string => createHash('sha1').update(file).digest('hex');

/** The converter that gives out what precompile() made: it only copies, so that the scorer spends its time on scoring. */
export function copyingConverter(folder: string): string {
  const made = `"${folder}/$(printf %s {file} | sha1sum | cut -c1-40)"`;
  return `cat ${made}/errors >&2; cp -r ${made}/objects/. {out}/ 2>/dev/null`;
}

/** Compiles every file in this process; a file with errors leaves no objects and its last error as message. */
export function precompile(files: readonly string[], folder: string): ReadonlyMap<string, CompiledFile> {
  const compiled = new Map<string, CompiledFile>();
  for (const file of files) {
    const made = compileFile([file]);
    compiled.set(file, made);
    const at = join(folder, keyOf(file));
    mkdirSync(at, { recursive: true });
    const errors = made.diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic);
    writeFileSync(join(at, 'errors'), errors.map((line) => `${line}\n`).join(''));
    if (made.result?.ok) writeObjects(made.result.objects, join(at, 'objects'));
  }
  return compiled;
}

function writeObjects(objects: Parameters<typeof printYaml>[0], folder: string): void {
  mkdirSync(folder);
  const names = fileNames(objects);
  objects.forEach((object, i) => writeFileSync(join(folder, names[i] ?? `${i}.yaml`), printYaml([object])));
}

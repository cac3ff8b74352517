import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TemplateInput } from '@ushadow/templates';
import { UsageError } from '../command.ts';

/** A template of this disk, before it is imported. */
export interface FoundTemplate {
  readonly input: TemplateInput;
  /** Where the project is taken to lie; of a single file a folder of its name, which need not be there. */
  readonly directory: string;
  /** Where a file of the template lies. */
  readonly pathOf: (file: string) => string;
}

/** What a folder may have that belongs to a template. */
const FILES = /^(?:(?:docker-)?compose\.ya?ml|template\.(?:toml|json|ya?ml)|meta\.json)$/;
/** More than any template has; the import says from when on it is too much. */
const BYTES_MAX = 8 * 1024 * 1024;

/** Reads the file, or of the folder what makes a template. */
export function readTemplate(path: string, workingDirectory: string): FoundTemplate {
  const full = resolve(workingDirectory, path);
  const stat = attempt(() => statSync(full), path);
  if (stat.isDirectory()) {
    const names = attempt(() => readdirSync(full), path).filter((name) => FILES.test(name));
    const files = Object.fromEntries(names.map((name) => [name, textOf(join(full, name), path)]));
    return { input: { name: basename(full), files }, directory: full, pathOf: (file) => join(full, file) };
  }
  const file = basename(full);
  const name = file.replace(/\.[^.]*$/, '');
  const input = { name, files: { [file]: textOf(full, path) } };
  return { input, directory: join(dirname(full), name), pathOf: () => full };
}

function textOf(path: string, shown: string): string {
  const isTooLarge = attempt(() => statSync(path), shown).size > BYTES_MAX;
  if (isTooLarge) throw new UsageError(`The template ${shown} has more than ${String(BYTES_MAX)} bytes.`);
  return attempt(() => readFileSync(path, 'utf8'), shown);
}

function attempt<T>(read: () => T, shown: string): T {
  try {
    return read();
  } catch {
    throw new UsageError(`The template ${shown} cannot be read.`);
  }
}

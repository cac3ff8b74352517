import { basename, dirname } from 'node:path';
import { loadProject } from '@ushadow/compose';
import type { Diagnostic } from '@ushadow/compose';
import { compile } from '../../src/compile.ts';
import type { CompileInput, CompileOptions, ContentPort, Target } from '../../src/compile-input.ts';
import type { CompileResult } from '../../src/compile-result.ts';
import { diskFiles } from './disk-files.ts';

export interface CompiledFile {
  /** Absent when the loader refused the files. */
  readonly result?: CompileResult;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FileOptions {
  readonly target?: Partial<Target>;
  readonly options?: CompileOptions;
  readonly environment?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  /** All that are switched on, unless given. */
  readonly services?: readonly string[];
  readonly specs?: CompileInput['specs'];
  /** Where the loader reads; default: the files of this machine, where mounted files are always read. */
  readonly port?: ContentPort;
}

/** What the scorer gives docker-compose too, so that both interpolate alike. */
export function bareEnvironment(folder: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PWD: folder };
}

/** From files to objects, as the command line does it. */
export function compileFile(
  files: readonly string[],
  { environment, profiles = ['*'], services, specs, port = diskFiles, target, options = {} }: FileOptions = {},
): CompiledFile {
  const folder = dirname(files[0] ?? '.');
  const loaded = loadProject({
    files,
    port,
    environment: environment ?? bareEnvironment(folder),
    workingDirectory: folder,
    profiles,
  });
  if (!loaded.project || !loaded.ok) return { diagnostics: loaded.diagnostics };
  const result = compile({
    project: loaded.project,
    positions: loaded.positions,
    directory: loaded.directory,
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    templates: loaded.templates,
    files: diskFiles,
    ...(services === undefined ? {} : { services }),
    ...(specs === undefined ? {} : { specs }),
    target: { namespace: 'held', ...target },
    options,
  });
  return { result, diagnostics: [...loaded.diagnostics, ...result.diagnostics] };
}

/** One line a diagnostic: severity, code, place, message. */
export function formatDiagnostic({ severity, code, message, position, path }: Diagnostic): string {
  const place = position ? `${basename(position.file)}:${position.line}:${position.column}` : path;
  return `${severity} ${code} ${place}: ${message}`;
}

import { MemoryFilePort } from '../src/files/memory-file-port.ts';
import { loadProject } from '../src/load-project.ts';
import type { LoadInput, LoadResult } from '../src/load-input.ts';

/** Loads `/app/compose.yaml`; other files by path, absolute or below `/app`. */
export function loadText(
  compose: string,
  files: Readonly<Record<string, string>> = {},
  input: Partial<LoadInput> = {},
): LoadResult {
  const others = Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : `/app/${path}`, text]);
  return loadProject({
    files: ['/app/compose.yaml'],
    port: new MemoryFilePort({ '/app/compose.yaml': compose, ...Object.fromEntries(others) }),
    environment: {},
    workingDirectory: '/app',
    ...input,
  });
}

/** Findings as "severity code line:column path: message", other files with their name. */
export function findings(result: LoadResult): readonly string[] {
  return result.diagnostics.map(({ severity, code, position, path, message }) => {
    const file = position && position.file !== '/app/compose.yaml' ? `${position.file}:` : '';
    const place = position ? `${file}${position.line}:${position.column}` : '-';
    return `${severity} ${code} ${place} ${path || '-'}: ${message}`;
  });
}

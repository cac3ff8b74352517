import type { DotenvEntry } from './parse-dotenv.ts';

/** Reads an env file with `format: raw`: NAME=value by line, nothing unquoted or substituted, `#` lines skipped. */
export function parseRawEnv(text: string, outer: (name: string) => string | undefined): readonly DotenvEntry[] {
  const entries: DotenvEntry[] = [];
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  lines.forEach((raw, index) => {
    const line = raw.replace(/\r$/, '').replace(/^[\s\u0085]+/, '');
    if (!line || line.startsWith('#')) return;
    const equals = line.indexOf('=');
    const name = equals < 0 ? line.trim() : line.slice(0, equals);
    const value = equals < 0 ? outer(name) : line.slice(equals + 1);
    if (value === undefined) return;
    entries.push({ name, value, template: value.replaceAll('$', '$$$$'), line: index + 1, column: 1 });
  });
  return entries;
}

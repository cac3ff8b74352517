import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url));

/** A Markdown table, as lines. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Puts a section into RESULTS.md in place of the one of the same name; the others stay. */
export function writeSection(name, lines) {
  const text = existsSync(results) ? readFileSync(results, 'utf8') : '# Results\n';
  const section = `## ${name}\n\n${lines.join('\n').trim()}\n`;
  const parts = text.split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(`## ${name}\n`));
  if (at >= 0) parts[at] = `${section}\n`;
  else parts.push(`${text.endsWith('\n\n') ? '' : '\n'}${section}`);
  writeFileSync(results, `${parts.join('').trimEnd()}\n`);
}

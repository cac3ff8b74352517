import type { Position } from '@ushadow/compose';
import type { TextStyler } from './terminal-text.ts';

const CONTEXT_LINES = 1;
const WIDTH_MAX = 160;

/** The line of a finding with its neighbours and a caret below the column. */
export function codeFrame(text: string, { line, column }: Position, styled: TextStyler): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const gutter = String(last).length;
  const rows: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = (lines[number - 1] ?? '').slice(0, WIDTH_MAX).replaceAll('\t', ' ');
    const row = `${String(number).padStart(gutter)} | ${source}`;
    rows.push(number === line ? `${styled('red', '>')} ${row}` : styled('dim', `  ${row}`));
    if (number === line && column <= WIDTH_MAX) {
      rows.push(`  ${' '.repeat(gutter)} | ${' '.repeat(column - 1)}${styled('red', '^')}`);
    }
  }
  return rows.join('\n');
}

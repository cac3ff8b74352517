import { LineCounter, parseAllDocuments } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { LoadLimits } from '../load-input.ts';
import type { Position } from '../positions.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { convertDocument } from './convert-document.ts';

/** One YAML document of a Compose file. */
export interface ParsedDocument {
  readonly root: Node;
  /** Places tagged `!reset` or `!override`: what earlier files have there is dropped. */
  readonly resets: readonly Path[];
}

export interface NodeBudget {
  nodesLeft: number;
}

/** Reads YAML text. Syntax errors are reported, and nothing is returned for a file that has some. */
export function parseYaml(
  file: string,
  text: string,
  limits: LoadLimits,
  budget: NodeBudget,
  report: Report,
): readonly ParsedDocument[] {
  const lines = new LineCounter();
  const locate = locator(file, lines);
  const documents = readDocuments(text.startsWith('\uFEFF') ? text.slice(1) : text, lines);
  if (documents === 'too deep') {
    report.add('CPS0007', { limit: limits.depthMax }, '', { file, line: 1, column: 1 });
    return [];
  }
  const errors = documents.flatMap((document) => document.errors);
  for (const error of errors) report.add('CPS0101', { problem: problemOf(error) }, '', locate(error.pos[0]));
  if (errors.length > 0) return [];
  return documents.flatMap((document) => {
    const converted = convertDocument(document, { locate, limits, budget, report });
    return converted ? [converted] : [];
  });
}

/** Nodes are asked for in the order of the text, so the line of the last one, or the next, mostly has it. */
function locator(file: string, lines: LineCounter): (offset: number) => Position {
  let current = 0;
  return (offset) => {
    const { lineStarts } = lines;
    if (offset >= (lineStarts[current + 1] ?? Infinity)) current += 1;
    const start = lineStarts[current];
    if (start !== undefined && offset >= start && offset < (lineStarts[current + 1] ?? Infinity)) {
      return { file, line: current + 1, column: offset - start + 1 };
    }
    const { line, col } = lines.linePos(offset);
    current = Math.max(line, 1) - 1;
    return { file, line: current + 1, column: Math.max(col, 1) };
  };
}

function readDocuments(text: string, lineCounter: LineCounter): readonly Document.Parsed[] | 'too deep' {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      stringKeys: false,
      logLevel: 'silent',
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser recurses into nested collections.
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
}

function problemOf(error: YAMLError): string {
  const [first = ''] = error.message.split('\n');
  return (first.charAt(0).toLowerCase() + first.slice(1)).replace(/[.:]\s*$/, '');
}

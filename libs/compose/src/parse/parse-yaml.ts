import { Composer, CST, Lexer, LineCounter, Parser } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { LoadLimits } from '../limits.ts';
import type { Position } from '../positions.ts';
import type { Report } from '../diagnostics/report.ts';
import { convertDocument } from './convert-document.ts';
import type { ParsedDocument, ReadBudget } from './parsed-document.ts';

/** Reads YAML text. Syntax errors are reported, and nothing is returned for a file that has some. */
export function parseYaml(
  file: string,
  text: string,
  limits: LoadLimits,
  budget: ReadBudget,
  report: Report,
): readonly ParsedDocument[] {
  const lines = new LineCounter();
  const locate = locator(file, lines);
  const read = readDocuments(text.startsWith('\uFEFF') ? text.slice(1) : text, lines, limits, budget);
  if ('why' in read) {
    const at = locate(read.offset);
    if (read.why === 'too deep') report.add('CPS0007', { limit: limits.depthMax }, '', at);
    else if (read.why === 'too many documents') report.add('CPS0014', { limit: limits.documentsMax }, '', at);
    else report.add('CPS0019', { limit: limits.tokensMax }, '', at);
    return [];
  }
  const { documents, errors } = read;
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

interface Refused {
  readonly why: 'too deep' | 'too many tokens' | 'too many documents';
  /** Up to where the text was read. */
  readonly offset: number;
}

/** Ends the reading of a file from within; without a refusal, for its errors. */
class Ended extends Error {
  readonly refused: Refused | undefined;

  constructor(refused?: Refused) {
    super();
    this.refused = refused;
  }
}

interface ReadText {
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly YAMLError[];
}

function readDocuments(text: string, lines: LineCounter, limits: LoadLimits, budget: ReadBudget): ReadText | Refused {
  const documents: Document.Parsed[] = [];
  const composer = new Composer({ ...READING, lineCounter: lines });
  const open = countErrors(composer, limits.syntaxErrorsMax);
  const read = (more: readonly YAMLError[]): ReadText => {
    const errors = [...documents.flatMap((document) => document.errors), ...more];
    return { documents, errors: errors.slice(0, limits.syntaxErrorsMax) };
  };
  try {
    for (const document of composer.compose(tokensOf(text, lines, limits, budget))) {
      budget.documentsLeft -= 1;
      if (budget.documentsLeft < 0) return { why: 'too many documents', offset: document.range[0] };
      documents.push(document);
    }
    return read([]);
  } catch (error) {
    if (error instanceof Ended) return error.refused ?? read(open());
    // The parser recurses into nested collections.
    if (error instanceof RangeError) return { why: 'too deep', offset: 0 };
    throw error;
  }
}

/**
 * The composer goes on after an error, and each costs more than the text that it is about: it is stopped where it notes them,
 * which it has no setting for. A warning is none: it says that a tag such as `!reset` is not YAML's own. Returns those of the
 * document it was stopped in.
 */
function countErrors(composer: Composer, max: number): () => readonly YAMLError[] {
  type Note = (source: unknown, code: string, message: string, isWarning?: boolean) => void;
  const note = Reflect.get(composer, 'onError') as Note;
  let count = 0;
  Reflect.set(composer, 'onError', (source: unknown, code: string, message: string, isWarning?: boolean) => {
    if (isWarning === true) return;
    note(source, code, message);
    count += 1;
    if (count >= max) throw new Ended();
  });
  return () => {
    const document = Reflect.get(composer, 'doc') as Document.Parsed | null;
    return [...(document?.errors ?? []), ...(Reflect.get(composer, 'errors') as readonly YAMLError[])];
  };
}

const READING = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  stringKeys: false,
  logLevel: 'silent',
} as const;

/** Stops before anything is put together from more pieces, deeper ones or more wrong ones than the load may still read. */
function* tokensOf(text: string, lines: LineCounter, limits: LoadLimits, budget: ReadBudget): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  let [offset, depth, errors] = [0, 0, 0];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    budget.tokensLeft -= 1;
    if (budget.tokensLeft < 0) throw new Ended({ why: 'too many tokens', offset });
    if (OPENING.has(lexeme)) depth += 1;
    else if (CLOSING.has(lexeme)) depth = Math.max(depth - 1, 0);
    if (depth > limits.depthMax) throw new Ended({ why: 'too deep', offset });
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') errors += 1;
      if (errors > limits.syntaxErrorsMax) throw new Ended();
      yield token;
    }
    if (!MARKS.has(lexeme)) offset += lexeme.length;
  }
  yield* parser.end();
}

const OPENING = new Set(['[', '{']);
const CLOSING = new Set([']', '}']);
/** What the lexer puts between the pieces of the text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function problemOf(error: YAMLError): string {
  const [first = ''] = error.message.split('\n');
  return (first.charAt(0).toLowerCase() + first.slice(1)).replace(/[.:]\s*$/, '');
}

import { loadProject, MemoryFilePort, variablesOf, type Position, type VariableReference } from '@ushadow/compose';
import { isScalar, parseDocument, visit, type Document, type Scalar } from 'yaml';
import type { Findings } from '../findings.ts';
import type { SourceText } from '../source-text.ts';
import { entriesOf, entry, type Entry } from './yaml-nodes.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A Compose file that is changed where it is written: what is not touched stays as it is, and each line where it is. */
export class ComposeText {
  readonly source: SourceText;
  readonly document: Document;
  readonly #edits = new Map<string, Edit>();

  private constructor(source: SourceText, document: Document) {
    this.source = source;
    this.document = document;
  }

  /** Undefined after an error. */
  static read(source: SourceText, findings: Findings): ComposeText | undefined {
    const refused = refusals(source);
    findings.take(refused);
    if (refused.length > 0) return undefined;
    const document = parseDocument(source.text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) {
      const [problem = ''] = error.message.split('\n');
      findings.add('TPL0004', { format: 'YAML', problem }, { position: source.position(error.pos[0]) });
      return undefined;
    }
    const composeText = new ComposeText(source, document);
    if (composeText.services.length > 0) return composeText;
    findings.add('TPL0001', { expected: `${source.file} has no services` }, { position: source.position(0) });
    return undefined;
  }

  get services(): readonly Entry[] {
    return entriesOf(this.section('services'), this.document);
  }

  get serviceNames(): readonly string[] {
    return this.services.map(({ name }) => name);
  }

  section(name: string): unknown {
    return entry(this.document.contents, name, this.document)?.value;
  }

  /** Every text and key in it. */
  get scalars(): readonly Scalar[] {
    const found: Scalar[] = [];
    visit(this.document, {
      Scalar: (_, node) => {
        found.push(node);
      },
    });
    return found;
  }

  positionOf(node: unknown): Position {
    return this.source.position(rangeOf(node)[0]);
  }

  /** The text of a scalar as it is written, with its quotes. */
  written(node: unknown): string {
    return this.source.text.slice(...rangeOf(node));
  }

  /** Writes something else where a scalar stands. */
  rewrite(node: Scalar, text: string): void {
    const [from, to] = rangeOf(node);
    this.#edit({ from, to, text });
  }

  /** Takes a key with its value out. Its lines stay, empty. */
  remove({ key, value, map }: Entry): void {
    const { text } = this.source;
    let [from] = rangeOf(key);
    let to = Math.max(rangeOf(key)[1], rangeOf(value)[1]);
    if (map.flow === true) {
      const [after] = /^\s*,/.exec(text.slice(to)) ?? [''];
      const [before] = after === '' ? (/,\s*$/.exec(text.slice(0, from)) ?? ['']) : [''];
      to += after.length;
      from -= before.length;
    } else if (value === null || rangeOf(value)[1] === 0) to = Math.max(to, text.indexOf(':', from) + 1);
    this.#edit({ from, to, text: text.slice(from, to).replace(/[^\n]/g, '') });
  }

  get result(): string {
    const { text } = this.source;
    const edits = [...this.#edits.values()].sort((a, b) => a.from - b.from);
    let [result, at] = ['', 0];
    for (const { from, to, text: put } of edits) {
      if (from < at) continue;
      result += text.slice(at, from) + put;
      at = to;
    }
    return result + text.slice(at);
  }

  #edit(edit: Edit): void {
    this.#edits.set(`${String(edit.from)}-${String(edit.to)}`, edit);
  }
}

/** Variables that a scalar refers to. */
export function referencesOf(node: Scalar): readonly VariableReference[] {
  return typeof node.value === 'string' && node.value.includes('$') ? variablesOf(node.value) : [];
}

function rangeOf(node: unknown): [number, number] {
  const range = isScalar(node) || isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

function isNode(node: unknown): node is { range?: [number, number, number] | null } {
  return typeof node === 'object' && node !== null && 'range' in node;
}

/** The loader knows what may be read without harm; what a file means is not asked here. */
function refusals({ file, text }: SourceText) {
  const path = `/${file}`;
  const loaded = loadProject({
    files: [path],
    port: new MemoryFilePort({ [path]: text }),
    environment: {},
    without: ['interpolation', 'normalization', 'path-resolution', 'consistency', 'env-resolution'],
  });
  return loaded.diagnostics
    .filter(({ severity, code }) => severity === 'error' && READING.test(code))
    .map(({ position, ...found }) => ({
      ...found,
      ...(position === undefined ? {} : { position: { ...position, file } }),
    }));
}

/** Limits of what is read, and syntax. */
const READING = /^CPS0(?:00[5-8]|01[4-9]|1\d\d)$/;

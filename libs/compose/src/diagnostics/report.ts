import { jsonPointer } from '../positions.ts';
import type { Position } from '../positions.ts';
import { composeDiagnostic } from './compose-diagnostics.ts';
import type { composeCatalogue } from './compose-diagnostics.ts';
import type { LoadLimits } from '../limits.ts';
import type { Diagnostic } from './diagnostic.ts';
import { nearest } from './nearest.ts';

type Code = keyof typeof composeCatalogue;

type ReportLimits = Pick<LoadLimits, 'diagnosticsMax' | 'suggestionsMax'>;

/** For a reader whose findings are nobody's business. */
export const NOTHING_REPORTED: ReportLimits = { diagnosticsMax: 0, suggestionsMax: 0 };

/** Collects findings; the same finding at the same place is kept once, and their number is bounded. */
export class Report {
  readonly #seen = new Set<string>();
  readonly #kept: Diagnostic[] = [];
  readonly #limits: ReportLimits;
  readonly #spoiled = new Set<string>();
  #dropped = 0;
  #suggestions = 0;

  constructor(limits: ReportLimits) {
    this.#limits = limits;
  }

  add<K extends Code>(
    code: K,
    params: Parameters<typeof composeDiagnostic<K>>[1],
    path: readonly (string | number)[] | string,
    position?: Position,
  ): void {
    const pointer = typeof path === 'string' ? path : jsonPointer(path);
    const diagnostic = composeDiagnostic(code, params, { path: pointer, position });
    const place = position ? `${position.file}:${position.line}:${position.column}` : '';
    const key = place ? `${code} ${place} ${diagnostic.message}` : `${code} ${pointer} ${diagnostic.message}`;
    if (this.#seen.has(key) || this.#spoiled.has(place)) return;
    if (this.#kept.length >= this.#limits.diagnosticsMax && !this.#makeRoom(diagnostic)) return;
    this.#seen.add(key);
    this.#kept.push(diagnostic);
  }

  /** An error is never dropped for a finding that is none: a project with errors must not pass for one without. */
  #makeRoom({ severity }: Diagnostic): boolean {
    this.#dropped += 1;
    const last = severity === 'error' ? this.#kept.findLastIndex((kept) => kept.severity !== 'error') : -1;
    if (last >= 0) this.#kept.splice(last, 1);
    return last >= 0;
  }

  /** The name that an unknown one may have been meant for; empty when none is near, or when many have been asked for. */
  suggestion(name: string, candidates: () => readonly string[]): string {
    this.#suggestions += 1;
    return this.#suggestions > this.#limits.suggestionsMax ? '' : (nearest(name, candidates()) ?? '');
  }

  /** How many findings there are so far, with those that are not listed. */
  get count(): number {
    return this.#kept.length + this.#dropped;
  }

  /** Adds a finding after which the value at this place means nothing: what later steps say of it is left out. */
  addFinal<K extends Code>(
    code: K,
    params: Parameters<typeof composeDiagnostic<K>>[1],
    path: readonly (string | number)[] | string,
    position: Position,
  ): void {
    this.add(code, params, path, position);
    this.suppress(position);
  }

  /** From here on nothing is said of the value at this place. */
  suppress({ file, line, column }: Position): void {
    this.#spoiled.add(`${file}:${line}:${column}`);
  }

  get hasErrors(): boolean {
    return this.#kept.some(({ severity }) => severity === 'error');
  }

  /** Everything found, by file, line and column, then by code. */
  all(): readonly Diagnostic[] {
    const sorted = this.#kept.map((diagnostic, index) => ({ diagnostic, index })).sort(byPlace);
    const list = sorted.map(({ diagnostic }) => diagnostic);
    return this.#dropped > 0 ? [...list, composeDiagnostic('CPS0010', { count: this.#dropped })] : list;
  }
}

interface Indexed {
  readonly diagnostic: Diagnostic;
  readonly index: number;
}

function byPlace(a: Indexed, b: Indexed): number {
  const [left, right] = [a.diagnostic.position, b.diagnostic.position];
  if (!left || !right) return Number(Boolean(right)) - Number(Boolean(left)) || a.index - b.index;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column || a.index - b.index;
}

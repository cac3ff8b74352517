import { jsonPointer } from '../positions.ts';
import type { Position } from '../positions.ts';
import { composeDiagnostic } from './compose-diagnostics.ts';
import type { composeCatalogue } from './compose-diagnostics.ts';
import type { Diagnostic } from './diagnostic.ts';

type Code = keyof typeof composeCatalogue;

/** Collects findings; the same finding at the same place is kept once, and their number is bounded. */
export class Report {
  readonly #seen = new Set<string>();
  readonly #kept: Diagnostic[] = [];
  readonly #max: number;
  readonly #spoiled = new Set<string>();
  #dropped = 0;

  constructor(max: number) {
    this.#max = max;
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
    if (this.#kept.length >= this.#max) {
      this.#dropped += 1;
      return;
    }
    this.#seen.add(key);
    this.#kept.push(diagnostic);
  }

  /** Adds a finding after which the value at this place means nothing: what later steps say of it is left out. */
  addFinal<K extends Code>(
    code: K,
    params: Parameters<typeof composeDiagnostic<K>>[1],
    path: readonly (string | number)[] | string,
    position: Position,
  ): void {
    this.add(code, params, path, position);
    this.setAside(position);
  }

  /** From here on nothing is said of the value at this place. */
  setAside({ file, line, column }: Position): void {
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

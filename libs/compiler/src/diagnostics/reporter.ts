import type { Diagnostic, DiagnosticRule, PositionIndex } from '@ushadow/compose';
import { diagnosticFactory } from '@ushadow/compose';
import { CATALOGUE } from './catalogue.ts';

export type Catalogue = typeof CATALOGUE;
export type DiagnosticCode = keyof Catalogue;
type ParamsOf<R> = R extends DiagnosticRule<infer P> ? P : never;

/** Records one finding about the Compose node at `path`, a JSON pointer. */
export type Report = <K extends DiagnosticCode>(code: K, path: string, params: ParamsOf<Catalogue[K]>) => void;

const diagnostic = diagnosticFactory(CATALOGUE);

export interface Reporter {
  readonly report: Report;
  /** Where something was said so far. */
  paths(): readonly string[];
  /** All findings: in the order of the file, then of codes; no finding twice. */
  finish(strict: boolean): readonly Diagnostic[];
}

export function createReporter(positions: PositionIndex): Reporter {
  const found: Diagnostic[] = [];
  return {
    report: (code, path, params) => {
      found.push(diagnostic(code, params, { path, position: positions.at(path) }));
    },
    paths: () => found.map(({ path }) => path),
    finish: (strict) => {
      const unique = new Map(found.map((item) => [`${item.code} ${item.path} ${item.message}`, item]));
      return [...unique.values()]
        .map((item) => ({ item, key: sortKey(item) }))
        .sort((a, b) => compare(a.key, b.key))
        .map(({ item }) => (strict && item.severity === 'warning' ? { ...item, severity: 'error' } : item));
    },
  };
}

/** By place in the files, then by path, code and text. */
function compare(left: readonly string[], right: readonly string[]): number {
  const differs = left.findIndex((part, index) => part !== right[index]);
  if (differs < 0) return 0;
  return (left[differs] ?? '') < (right[differs] ?? '') ? -1 : 1;
}

function sortKey({ position, path, code, message }: Diagnostic): readonly string[] {
  const place = position ?? { file: '', line: 0, column: 0 };
  const number = (value: number): string => String(value).padStart(9, '0');
  return [place.file, number(place.line), number(place.column), path, code, message];
}

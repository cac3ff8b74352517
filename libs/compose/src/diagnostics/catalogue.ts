import type { Position } from '../positions.ts';
import type { Diagnostic, DiagnosticParams, Severity } from './diagnostic.ts';

type Params = Record<string, string | number | boolean | readonly string[]>;

/** One row of a catalogue. `message` and `remedy` may use the parameters. */
export interface DiagnosticRule<P extends DiagnosticParams = DiagnosticParams> {
  readonly severity: Severity;
  /** The kind of problem, without particulars: heading of its documentation. */
  readonly title: string;
  readonly message: (params: P) => string;
  readonly remedy: string | ((params: P) => string);
}

export type DiagnosticCatalogue = Readonly<Record<string, DiagnosticRule<never>>>;

type ParamsOf<R> = R extends DiagnosticRule<infer P> ? P : never;

/** Where a diagnostic points. */
export interface DiagnosticPlace {
  readonly path?: string;
  readonly position?: Position | undefined;
}

/** Types one row; `P` are the parameters its texts use. */
export function rule<P extends Params>(definition: DiagnosticRule<P>): DiagnosticRule<P> {
  return definition;
}

/** Makes diagnostics from the rows of one catalogue; an unknown code or missing parameter does not compile. */
export function diagnosticFactory<C extends DiagnosticCatalogue>(catalogue: C) {
  return function diagnostic<K extends keyof C & string>(
    code: K,
    written: ParamsOf<C[K]>,
    place: DiagnosticPlace = {},
  ): Diagnostic {
    const row = catalogue[code] as unknown as DiagnosticRule;
    const params = shownParams(written);
    const remedy = typeof row.remedy === 'string' ? row.remedy : row.remedy(params);
    return {
      code,
      severity: row.severity,
      message: row.message(params),
      remedy,
      path: place.path ?? '',
      ...(place.position ? { position: place.position } : {}),
      ...(Object.keys(params).length > 0 ? { params } : {}),
    };
  };
}

/** Of a text, and of a list, that a finding repeats. */
const SHOWN_CHARACTERS_MAX = 1_000;
const SHOWN_ITEMS_MAX = 50;

/** What a finding repeats of what it was found in: a finding must not grow with it. */
function shownParams<P extends DiagnosticParams>(params: P): P {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(value)])) as P;
}

function shown(value: DiagnosticParams[string]): DiagnosticParams[string] {
  if (typeof value === 'string') {
    return value.length > SHOWN_CHARACTERS_MAX ? `${value.slice(0, SHOWN_CHARACTERS_MAX)}…` : value;
  }
  if (typeof value !== 'object') return value;
  const items = value.length > SHOWN_ITEMS_MAX ? [...value.slice(0, SHOWN_ITEMS_MAX), '…'] : value;
  return items.map((item) => String(shown(item)));
}

import { DomainError, type DiagnosticData, type PlanData } from '@ushadow/contracts';
import { z } from 'zod';

/** One thing to put right: where it is, what is wrong and what to do. */
export interface Problem {
  /** Of a diagnostic. */
  readonly code?: string;
  readonly where: string | null;
  readonly what: string;
  readonly remedy: string | null;
  /** Where the same was found as well. */
  readonly also?: readonly string[];
}

const position = { file: z.string().nullish(), line: z.number().nullish(), column: z.number().nullish() };
const text = z.string().nullish();

/** `details` is free in the contract; read by tolerant shapes, and what does not fit is left out. */
const shapes = {
  problems: z.object({ field: text, path: text, problem: text, message: text, remedy: text, ...position }),
  diagnostics: z.object({ code: text, path: text, message: z.string(), remedy: text, ...position }),
  variables: z.object({ name: z.string(), reason: text, ...position }),
  issues: z.object({
    path: z.union([z.string(), z.array(z.union([z.string(), z.number()]))]).nullish(),
    message: text,
  }),
};

/** What to do on the page, where the server speaks of its own fields. */
const remedies: ReadonlyMap<string, string> = new Map([
  ['CPS0202', 'Type it under “Variables”, or put it into the `.env` beside the file.'],
]);

export function problemsOf(error: unknown): Problem[] {
  const details = detailsOf(error);
  return [
    ...list(details['problems'], shapes.problems).map((entry) =>
      problem(entry.field ?? entry.path ?? placeOf(entry), entry.problem ?? entry.message, entry.remedy),
    ),
    ...list(details['diagnostics'], shapes.diagnostics).map(({ code, ...entry }) => ({
      ...problem(placeOf(entry) ?? entry.path, entry.message, remedies.get(code ?? '') ?? entry.remedy),
      ...(typeof code === 'string' ? { code } : {}),
    })),
    ...list(details['variables'], shapes.variables).map((entry) =>
      problem(placeOf(entry), [entry.name, entry.reason].filter(Boolean).join(': '), null),
    ),
    ...list(details['issues'], shapes.issues).map((entry) => problem(joined(entry.path), entry.message, null)),
  ];
}

/** A text of `details`, for example the id of the deployment that is in the way. */
export function detailText(error: unknown, name: string): string | null {
  const value = detailsOf(error)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `file:line:column` as far as it is known. */
export function placeOf(at: {
  file?: string | null | undefined;
  line?: number | null | undefined;
  column?: number | null | undefined;
}): string | null {
  if (at.file === null || at.file === undefined) return null;
  return [at.file, at.line, at.column].filter((part) => part !== null && part !== undefined).join(':');
}

export function problemOfDiagnostic(entry: DiagnosticData): Problem {
  const first = problem(placeOf(entry) ?? entry.path, entry.message, entry.remedy);
  const { places = [] } = entry;
  return places.length === 0 ? first : { ...first, also: places.map((each) => alsoAt(entry.message, each)) };
}

function alsoAt(message: string, other: NonNullable<DiagnosticData['places']>[number]): string {
  const place = placeOf(other) ?? other.path ?? '';
  return other.message === message ? place : `${place} ${other.message}`;
}

export function problemOfFinding({ code, source, object, message, remedy }: PlanData['problems'][number]): Problem {
  const place = source == null ? null : placeOf(source);
  return problem([code, place ?? object].filter((part) => part !== null).join(' '), message, remedy);
}

function problem(where: string | null | undefined, what: string | null | undefined, remedy: string | null | undefined) {
  return { where: where ?? null, what: what ?? 'Not valid', remedy: remedy ?? null };
}

function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof DomainError)) return {};
  const details = z.record(z.string(), z.unknown()).safeParse(error.details);
  return details.success ? details.data : {};
}

function list<T extends z.ZodType>(value: unknown, shape: T): z.output<T>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const read = shape.safeParse(entry);
    return read.success ? [read.data] : [];
  });
}

function joined(path: string | readonly (string | number)[] | null | undefined): string | null {
  if (path === null || path === undefined || path.length === 0) return null;
  return typeof path === 'string' ? path : path.join('.');
}

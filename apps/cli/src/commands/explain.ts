import { explainKey } from '@ushadow/compiler';
import type { KeyExplanation, SourceMapEntry } from '@ushadow/compiler';
import { Refusal, UsageError } from '../command.ts';
import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import type { Compiled } from '../compose/compile-options.ts';
import { COMPILE_OPTIONS, COMPILE_USAGE, compileFromDisk } from '../compose/compile-options.ts';
import { LOAD_OPTIONS, LOAD_USAGE } from '../compose/load-options.ts';
import { GATEWAY_OPTIONS, JSON_USAGE, parseCommandLine, required } from '../gateway/command-line.ts';
import { countOf } from '../terminal/print-diagnostics.ts';

export const usage = `Usage: ushadow explain SERVICE.KEY [OPTIONS]

Says what becomes of a key of a service: where it goes in the objects, what differs, what was found.
KEY may be a path: web.healthcheck.start_period, web.ports.0.

${LOAD_USAGE}${COMPILE_USAGE}${JSON_USAGE}`;

export const options = {
  ...LOAD_OPTIONS,
  ...COMPILE_OPTIONS,
  json: GATEWAY_OPTIONS.json,
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const { service, key } = parseTarget(required('SERVICE.KEY', positionals[0]));
  const compiled = compileFromDisk({ ...values, service: [service] }, context);
  if (!compiled.result) {
    const { diagnostics } = compiled;
    if (values.json !== true)
      context.printError(diagnostics.map(({ code, message }) => `${code} ${message}\n`).join(''));
    throw new Refusal(`${countOf(diagnostics)}; nothing is explained.`, { diagnostics });
  }
  const explained = explain(service, key, compiled);
  context.print(values.json === true ? `${JSON.stringify(explained)}\n` : textOf(explained));
  return 0;
}

/** Service names may hold dots, keys may not: the first part that is followed by a known key ends the name. */
function parseTarget(target: string): { service: string; key: readonly string[] } {
  const parts = target.split('.');
  for (let end = 1; end < parts.length; end++) {
    const key = parts.slice(end);
    if (explainKey(key) !== undefined) return { service: parts.slice(0, end).join('.'), key };
  }
  throw new UsageError(`"${target}" is not SERVICE.KEY with a key of Compose.`);
}

interface Explained {
  readonly key: string;
  /** Whether the project has it. */
  readonly used: boolean;
  readonly verdict: string;
  readonly places: readonly SourceMapEntry[];
  readonly findings: Compiled['diagnostics'];
}

function explain(service: string, key: readonly string[], { result, diagnostics, project }: Compiled): Explained {
  const used = hasValue({ ...project?.disabledServices, ...project?.services }, [service, ...key]);
  const pointer = ['services', service, ...key]
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  const below = (path: string): boolean => path === pointer || path.startsWith(`${pointer}/`);
  const entries = (result?.sourceMap ?? []).filter(({ path }) => below(path));
  const findings = diagnostics.filter(({ path }) => below(path));
  const verdict = verdictText(explainKey(key, entries.length > 0));
  return { key: `${service}.${key.join('.')}`, used, verdict, places: entries, findings };
}

function textOf({ key, used, verdict, places, findings }: Explained): string {
  const lines = [
    `${key}: ${used ? '' : 'not used in this project; where it is: '}${verdict}`,
    ...placeLines(places),
    ...findings.map(({ severity, code, message, remedy }) => `  ${severity} ${code}: ${message} ${remedy}`),
  ];
  return `${lines.join('\n')}\n`;
}

function hasValue(value: unknown, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return value !== undefined && value !== null;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? hasValue((value as Readonly<Record<string, unknown>>)[step], rest)
    : false;
}

function placeLines(entries: readonly SourceMapEntry[]): readonly string[] {
  return entries.map(({ object, pointer, position }) => {
    const place = position === undefined ? '' : `  (${position.file}:${position.line}:${position.column})`;
    return `  ${object.kind}/${object.name} ${pointer === '' ? '/' : pointer}${place}`;
  });
}

function verdictText(found: KeyExplanation | undefined): string {
  return found === undefined ? 'no key of Compose' : found.text;
}

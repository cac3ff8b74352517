import { explainKey } from '@ushadow/compiler';
import type { KeyExplanation, SourceMapEntry } from '@ushadow/compiler';
import { UsageError } from '../command.ts';
import type { ExitCode, CommandContext } from '../command.ts';
import type { Compiled } from '../compose/compile-options.ts';
import { COMPILE_OPTIONS, compileFromDisk } from '../compose/compile-options.ts';
import { LOAD_OPTIONS, LOAD_USAGE, parseOptions } from '../compose/load-options.ts';

export const usage = `Usage: ushadow explain SERVICE.KEY [OPTIONS]

Says what becomes of a key of a service: where it goes in the objects, what differs, what was found.
KEY may be a path: web.healthcheck.start_period, web.ports.0.

${LOAD_USAGE}`;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [target = '', ...rest] = args;
  const { service, key } = parseTarget(target);
  const values = parseOptions(rest, { ...LOAD_OPTIONS, ...COMPILE_OPTIONS });
  const compiled = compileFromDisk({ ...values, service: [service] }, context);
  if (!compiled.result) {
    context.printError(compiled.diagnostics.map(({ code, message }) => `${code} ${message}\n`).join(''));
    return 1;
  }
  context.print(explanation(service, key, compiled));
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

function explanation(service: string, key: readonly string[], { result, diagnostics, project }: Compiled): string {
  const isUsed = hasValue({ ...project?.disabledServices, ...project?.services }, [service, ...key]);
  const pointer = ['services', service, ...key]
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  const below = (path: string): boolean => path === pointer || path.startsWith(`${pointer}/`);
  const entries = (result?.sourceMap ?? []).filter(({ path }) => below(path));
  const found = diagnostics.filter(({ path }) => below(path));
  const lines = [
    `${service}.${key.join('.')}: ${isUsed ? '' : 'not used in this project; where it is: '}${verdictText(explainKey(key, entries.length > 0))}`,
    ...placeLines(entries),
    ...found.map(({ severity, code, message, remedy }) => `  ${severity} ${code}: ${message} ${remedy}`),
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

import { parseDotenv } from '../dotenv/parse-dotenv.ts';
import type { DotenvEntry } from '../dotenv/parse-dotenv.ts';
import { parseRawEnv } from '../dotenv/parse-raw-env.ts';
import { reportProblems } from '../dotenv/read-env-files.ts';
import { resolvePath } from '../files/paths.ts';
import { variablesOf } from '../interpolate/template.ts';
import type { DeclaredVariable } from '../load-input.ts';
import { entriesOf, entry, itemsOf, map, scalar, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode } from '../tree/node.ts';
import type { EntryPoint } from './interpolation-environment.ts';
import type { LoadSession } from './model-scope.ts';

type Variables = Readonly<Record<string, string>>;

export interface ResolvedEnvironment {
  readonly service: MapNode;
  readonly declared: readonly DeclaredVariable[];
}

/**
 * Gives a service its final environment: env files in order, then `environment` over them; a name without value
 * takes it from the project's variables, and stays null when there is none.
 */
export function resolveEnvironment(
  name: string,
  service: MapNode,
  { directory, variables }: Pick<EntryPoint, 'directory' | 'variables'>,
  session: LoadSession,
): ResolvedEnvironment {
  const own = new Map(
    [...entriesOf(service.entries.get('environment'))].map(([key, node]) => [key, inherit(key, node, variables)]),
  );
  const values = new Map<string, Node>();
  const known = new Map<string, string>();
  for (const [key, node] of own) if (textOf(node) !== undefined) known.set(key, textOf(node) ?? '');
  const files = readsEnvFiles(session) ? itemsOf(service.entries.get('env_file')) : [];
  files.forEach((file, index) => {
    const path = ['services', name, 'env_file', String(index)];
    const location = resolvePath(directory, textOf(entry(file, 'path')) ?? '');
    for (const [key, node] of readEnvFile(file, location, path, known, own, variables, session)) {
      values.set(key, node);
      known.set(key, String(node.value));
    }
  });
  const declared: DeclaredVariable[] = [];
  for (const [key, node] of own) values.set(key, node);
  for (const [key, node] of values) declared.push(declare(key, node, own.has(key)));
  if (values.size === 0) return { service, declared };
  const at = service.entries.get('environment')?.at ?? service.at;
  return { service: withEntry(service, 'environment', map(values, at)), declared };
}

/** What a text with variables names is not known. */
function readsEnvFiles(session: LoadSession): boolean {
  return session.does('env-resolution') && session.does('interpolation');
}

function inherit(key: string, node: Node, variables: Variables): Node {
  if (node.kind !== 'scalar' || node.value !== null) return node;
  const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
  return value === undefined ? node : { ...node, value, template: BARE };
}

/** Marks a value that was declared by name only; no file can hold this text. */
const BARE = '\u0000';

function readEnvFile(
  file: Node,
  location: string,
  path: readonly string[],
  known: ReadonlyMap<string, string>,
  own: ReadonlyMap<string, Node>,
  variables: Variables,
  session: LoadSession,
): readonly (readonly [string, ScalarNode])[] {
  const required = entry(file, 'required');
  const optional = required?.kind === 'scalar' && required.value === false;
  if (optional && !session.files.isFile(location)) {
    session.report.add('CPS0304', { file: location }, path, file.at);
    return [];
  }
  const text = session.files.read(location, 'env', { path, at: file.at });
  if (text === undefined) return [];
  session.work.write(text.length, file.at);
  const outer = (variable: string): string | undefined => {
    if (Object.hasOwn(variables, variable)) return variables[variable];
    return textOf(own.get(variable));
  };
  return entriesOfFile(text, location, textOf(entry(file, 'format')), { outer, known, path, at: file, session }).map(
    ({ name, value, template, line, column }) => {
      const node = scalar(value, { file: location, line, column });
      return [name, template === value ? node : { ...node, template: template ?? BARE }] as const;
    },
  );
}

interface ReadContext {
  readonly outer: (name: string) => string | undefined;
  readonly known: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  readonly at: Node;
  readonly session: LoadSession;
}

function entriesOfFile(
  text: string,
  file: string,
  format: string | undefined,
  { outer, known, path, at, session }: ReadContext,
): readonly DotenvEntry[] {
  if (format === 'raw') return parseRawEnv(text, outer);
  if (format !== undefined && format !== '.env') {
    session.report.add('CPS0303', { format }, [...path, 'format'], at.at);
    return [];
  }
  const { entries, problems } = parseDotenv(text, outer, known);
  reportProblems(problems, file, session.report);
  return entries;
}

function declare(name: string, node: Node, inEnvironment: boolean): DeclaredVariable {
  const value = node.kind === 'scalar' ? node : scalar(null, node.at);
  const bare = value.template === BARE || value.value === null;
  const template = bare ? null : (value.template ?? escapeDollars(String(value.value)));
  return {
    name,
    template,
    references: template === null ? [] : variablesOf(template),
    origin: inEnvironment ? 'environment' : 'env_file',
    position: node.at,
  };
}

/** A value without variables as a template that yields it. */
function escapeDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}

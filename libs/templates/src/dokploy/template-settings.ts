import { parse, TomlError } from 'smol-toml';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import type { Findings } from '../findings.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { SourceText } from '../source-text.ts';

export interface DomainSetting {
  readonly service: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  /** The path is taken off before the service is asked. */
  readonly strip?: true;
  /** Keys that nothing here stands for. */
  readonly more: readonly string[];
  /** Which entry it is, from 0. */
  readonly index: number;
}

export interface MountSetting {
  readonly filePath: string;
  readonly content: string;
  readonly index: number;
}

/** What a template.toml, or the same as JSON or YAML, says; texts still have their `${…}`. */
export interface TemplateSettings {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly variables: ReadonlyMap<string, string>;
  readonly domains: readonly DomainSetting[];
  /** Of the project’s `.env`, in order. */
  readonly env: ReadonlyMap<string, string>;
  readonly mounts: readonly MountSetting[];
}

type Table = Readonly<Record<string, unknown>>;

/** Undefined after a syntax error. */
export function readSettings(source: SourceText, findings: Findings): TemplateSettings | undefined {
  const root = parsed(source, findings);
  if (root === undefined) return undefined;
  const reader = new SettingsReader(source, findings);
  const config = reader.table(root, 'config');
  const section = (name: string): unknown => field(config, name) ?? field(root, name);
  return {
    metadata: reader.table(root, 'metadata'),
    variables: reader.variables(reader.table(root, 'variables')),
    domains: reader.domains(section('domains')),
    env: reader.env(section('env')),
    mounts: reader.mounts(section('mounts')),
  };
}

function parsed(source: SourceText, findings: Findings): Table | undefined {
  const format = formatOf(source);
  try {
    const root = FORMATS[format](source.text);
    if (isTable(root)) return root;
    findings.add('TPL0005', { what: source.file, expected: 'a table' }, { position: source.position(0) });
  } catch (error) {
    findings.add('TPL0004', { format, problem: problemOf(error) }, { position: placeOf(error, source) });
  }
  return undefined;
}

const FORMATS: Readonly<Record<'TOML' | 'JSON' | 'YAML', (text: string) => unknown>> = {
  // Without a last line break, smol-toml 1.6 looks for the end of a comment in an open array for ever.
  TOML: (text) => parse(`${text}\n`),
  JSON: (text) => JSON.parse(text) as unknown,
  YAML: (text) => parseYaml(text, { logLevel: 'error' }) as unknown,
};

function formatOf({ file }: SourceText): keyof typeof FORMATS {
  if (file.endsWith('.json')) return 'JSON';
  return file.endsWith('.toml') ? 'TOML' : 'YAML';
}

/** The first line: the others repeat what the file says. */
function problemOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  const [first = ''] = (error instanceof Error ? error.message : '').split('\n');
  if (error instanceof YAMLParseError) return first.replace(/ at line \d+, column \d+:?$/, '');
  if (!(error instanceof TomlError))
    return /^[^"']*? in JSON/.exec(first)?.[0] ?? 'it ends or goes on where it must not';
  return first.replace(/^Invalid TOML document: /, '');
}

function placeOf(error: unknown, source: SourceText) {
  if (error instanceof TomlError) return { file: source.file, line: error.line, column: error.column };
  if (error instanceof YAMLParseError) return source.position(error.pos[0]);
  const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return source.position(at === undefined ? 0 : Number(at));
}

class SettingsReader {
  readonly #source: SourceText;
  readonly #findings: Findings;

  constructor(source: SourceText, findings: Findings) {
    this.#source = source;
    this.#findings = findings;
  }

  table(parent: Table, name: string): Table {
    const value = field(parent, name);
    if (value === undefined || value === null) return {};
    if (isTable(value)) return value;
    this.#wrong(name, 'a table');
    return {};
  }

  variables(table: Table): ReadonlyMap<string, string> {
    return this.#texts(this.#bounded(Object.entries(table), 'variables'));
  }

  /** A table, or a list of lines as in an env file; an item may be a table too. */
  env(value: unknown): ReadonlyMap<string, string> {
    if (value === undefined || value === null) return new Map();
    if (isTable(value)) return this.#texts(this.#bounded(Object.entries(value), 'variables'));
    if (!Array.isArray(value)) this.#wrong('env', 'a table or a list');
    const items = this.#bounded(Array.isArray(value) ? (value as unknown[]) : [], 'variables');
    return this.#texts(items.flatMap((item) => (isTable(item) ? Object.entries(item) : this.#line(item))));
  }

  domains(value: unknown): readonly DomainSetting[] {
    return this.#tables(value, 'domains').flatMap((table, index): DomainSetting[] => {
      const service = textOf(field(table, 'serviceName'));
      if (service === undefined || service === '') return [];
      const [host, path] = [textOf(field(table, 'host')), textOf(field(table, 'path'))?.trim()];
      const port = this.#port(field(table, 'port'), index);
      const more = Object.entries(table).filter(([key, each]) => !DOMAIN_KEYS.has(key) && isMeant(each));
      return [
        {
          service,
          index,
          more: more.map(([key]) => key),
          ...(host === undefined || host === '' ? {} : { host }),
          ...(path === undefined || path === '' || path === '/' ? {} : { path: `/${path.replace(/^\/+/, '')}` }),
          ...(port === undefined ? {} : { port }),
          ...(field(table, 'stripPath') === true ? { strip: true } : {}),
        },
      ];
    });
  }

  mounts(value: unknown): readonly MountSetting[] {
    return this.#tables(value, 'mounts').flatMap((table, index): MountSetting[] => {
      const [filePath, content] = [textOf(field(table, 'filePath')), textOf(field(table, 'content'))];
      if (filePath !== undefined && filePath !== '' && !filePath.endsWith('/'))
        return [{ filePath, content: content ?? '', index }];
      const what = filePath || textOf(field(table, 'source') ?? field(table, 'name') ?? field(table, 'mountPath'));
      if (what !== undefined) this.#findings.add('TPL0310', { what });
      return [];
    });
  }

  #port(value: unknown, index: number): number | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    const port = Number(textOf(value));
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
    const position = this.#source.findKey('port', index);
    this.#findings.add('TPL0203', { port: textOf(value) ?? '' }, { position });
    return undefined;
  }

  /** `NAME=VALUE`; comments and empty lines are none. */
  #line(item: unknown): [string, unknown][] {
    const text = textOf(item)?.trim() ?? '';
    if (text === '' || text.startsWith('#')) return [];
    const equals = text.indexOf('=');
    if (equals > 0) return [[text.slice(0, equals).trim(), lineValue(text.slice(equals + 1))]];
    this.#findings.add('TPL0106', { name: text }, { position: this.#source.find(text) });
    return [];
  }

  #texts(entries: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const [name, value] of entries) {
      const text = textOf(value);
      if (text !== undefined) texts.set(name, text);
      else this.#wrong(name, 'a text');
    }
    return texts;
  }

  #tables(value: unknown, what: string): readonly Table[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) this.#wrong(what, 'a list of tables');
    const items = this.#bounded(Array.isArray(value) ? (value as unknown[]) : [], what);
    return items.filter(isTable);
  }

  #bounded<T>(items: readonly T[], what: string): readonly T[] {
    const limit = IMPORT_LIMITS.entriesMax;
    if (items.length > limit) this.#findings.add('TPL0003', { what, limit });
    return items.slice(0, limit);
  }

  #wrong(what: string, expected: string): void {
    this.#findings.add('TPL0005', { what, expected }, { position: this.#source.findKey(what, 0) });
  }
}

/** `https` and the certificate are the cluster's matter. */
const DOMAIN_KEYS = new Set('serviceName host port path stripPath https certificateType domainType id'.split(' '));

function isMeant(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== '/';
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Only what the table itself has. */
function field(table: Table, name: string): unknown {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  return ['number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : undefined;
}

/** As in an env file: without its quotes, else without the comment behind it. */
function lineValue(text: string): string {
  return /^\s*(["'])(.*)\1\s*(?:#.*)?$/s.exec(text)?.[2] ?? text.replace(/\s#.*$/s, '').trim();
}

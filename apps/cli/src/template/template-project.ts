import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Diagnostic } from '@ushadow/compose';
import { composeFileOf, importTemplate, isHost, type ImportedTemplate } from '@ushadow/templates';
import { UsageError } from '../command.ts';
import { readTemplate } from './read-template.ts';

export interface TemplateOptions {
  readonly template: string;
  readonly domain?: string | undefined;
}

/** A template as a project that lies in memory, under the paths by which people know it. */
export interface TemplateProject extends Pick<ImportedTemplate, 'values' | 'public'> {
  readonly directory: string;
  /** Absolute; the first one is the template's own file. Empty after an error. */
  readonly entries: readonly string[];
  /** By absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** By path in the project as it is sent: the absolute one. */
  readonly paths: ReadonlyMap<string, string>;
  /** Has all values, of which only the plain ones are sent. */
  readonly valueFile: string;
  readonly findings: readonly Diagnostic[];
  /** Nobody has said which one. */
  readonly withoutDomain: boolean;
}

const COMPOSE = 'compose.yaml';
const OVERRIDE = 'compose.override.yaml';

export function templateProject({ template, domain }: TemplateOptions, workingDirectory: string): TemplateProject {
  const { input, directory, pathOf } = readTemplate(template, workingDirectory);
  const imported = importTemplate(input, {
    randomBytes: (count) => randomBytes(count),
    now: Date.now(),
    ...hostOf(domain),
  });
  const own = composeFileOf(input.files) ?? COMPOSE;
  const place = (path: string): string => (path === COMPOSE ? pathOf(own) : join(directory, path));
  const paths = new Map(Object.keys(imported.files).map((path) => [path, place(path)]));
  const valueFile = join(directory, 'values of the template');
  const texts = new Map(Object.entries(imported.files).map(([path, text]) => [place(path), text]));
  texts.set(valueFile, envLines(imported));
  return {
    ...{ directory, texts, paths, valueFile, values: imported.values, public: imported.public },
    entries: [COMPOSE, OVERRIDE].flatMap((path) => paths.get(path) ?? []),
    findings: imported.findings.map((found) => withPath(found, pathOf)),
    withoutDomain: domain === undefined,
  };
}

/** `http://` before the name: there is no TLS. */
function hostOf(domain: string | undefined): { readonly domain?: string; readonly scheme?: 'http' } {
  if (domain === undefined) return {};
  const [, http, host = ''] = /^(http:\/\/)?(.*)$/s.exec(domain) ?? [];
  if (!isHost(host)) throw new UsageError(`--domain is a name such as shop.example.org, not ${domain}.`);
  return { domain: host, ...(http === undefined ? {} : { scheme: 'http' }) };
}

function withPath(found: Diagnostic, pathOf: (file: string) => string): Diagnostic {
  const { position } = found;
  return position === undefined ? found : { ...found, position: { ...position, file: pathOf(position.file) } };
}

/** Double quotes take every character, where these are escaped. */
function envLines({ values }: Pick<ImportedTemplate, 'values'>): string {
  return values
    .map(({ name, value }) => {
      const escaped = value
        .replace(/[\\"$]/g, '\\$&')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');
      return `${name}="${escaped}"\n`;
    })
    .join('');
}

import { loadProject } from '@ushadow/compose';
import type { LoadStep } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { UsageError } from '../command.ts';
import type { CommandContext } from '../command.ts';
import { loadTemplate } from '../template/load-template.ts';
import type { LoadedProject } from './loaded-project.ts';

/** The options that say which files are loaded, and how: the same for every command that reads Compose files. */
export const LOAD_OPTIONS = {
  file: { type: 'string', short: 'f', multiple: true },
  profile: { type: 'string', multiple: true },
  'env-file': { type: 'string', multiple: true },
  'project-name': { type: 'string', short: 'p' },
  'project-directory': { type: 'string' },
  template: { type: 'string' },
  domain: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export const LOAD_USAGE = `  -f, --file FILE            Compose file; repeat to lay later ones over earlier ones.
                             Default: COMPOSE_FILE, else compose.yaml and its override, here or above
      --profile NAME         switch a profile on; repeat for several, * for all
      --env-file FILE        variables instead of .env; repeat, later files win
  -p, --project-name NAME    instead of name: or the name of the directory
      --project-directory D  where relative paths start; default: directory of the first file
      --template FILE|FOLDER a template of Coolify's or Dokploy's instead of Compose files; for one of the installation's
                             gallery: ushadow templates use NAME --domain D, then -p NAME
      --domain NAME          where the template's site is; http:// before it: without TLS
`;

export interface LoadValues {
  readonly file?: readonly string[] | undefined;
  readonly profile?: readonly string[] | undefined;
  readonly 'env-file'?: readonly string[] | undefined;
  readonly 'project-name'?: string | undefined;
  readonly 'project-directory'?: string | undefined;
  readonly template?: string | undefined;
  readonly domain?: string | undefined;
}

/** What a project is loaded with beside what the options of loading say. */
export interface LoadExtras {
  /** Values that win over those of the shell. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Stands where a required variable has no value, so that the rest can be read. */
  readonly placeholder?: string;
  /** Steps to leave out. */
  readonly without?: readonly LoadStep[];
}

/** Loads what the options name from disk. */
export function loadFromDisk(
  values: LoadValues,
  { workingDirectory, environment }: Pick<CommandContext, 'workingDirectory' | 'environment'>,
  { typed = {}, placeholder, without }: LoadExtras = {},
): LoadedProject {
  const { file, profile, 'env-file': envFiles, 'project-name': name, 'project-directory': directory } = values;
  const { template, domain } = values;
  const input = {
    environment: { ...environment, ...typed },
    workingDirectory,
    ...(profile ? { profiles: profile } : {}),
    ...(envFiles ? { envFiles } : {}),
    ...(name === undefined ? {} : { projectName: name }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(without === undefined ? {} : { without }),
  };
  if (template !== undefined) return loadTemplate({ ...values, template }, input);
  if (domain !== undefined) throw new UsageError('--domain goes with --template.');
  const port = new DiskFilePort();
  const place = directory === undefined ? {} : { projectDirectory: directory };
  return { ...loadProject({ ...input, ...place, files: file ?? [], port }), port };
}

/** Parses strictly: an unknown option or argument is a UsageError. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** One of the given words, the first by default. */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly [T, ...T[]]): T {
  const found = value === undefined ? allowed[0] : allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`--${option} is one of ${allowed.join(', ')}, not ${value ?? ''}.`);
  return found;
}

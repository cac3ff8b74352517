import { resolve } from 'node:path';
import type { CommandContext } from '../command.ts';
import type { LoadValues } from '../compose/load-options.ts';
import type { LoadedProject } from '../compose/loaded-project.ts';
import { ofTemplate } from '../template/template-values.ts';
import { referredNames } from '../compose/referred-names.ts';

type Values = Readonly<Record<string, string>>;

/** Values that travel with a request, by where they come from; the stronger first. */
export interface SentValues {
  readonly variables: Values;
  readonly shell: Values;
  readonly env_file: Values;
}

/** Only what the project refers to is taken from this shell and its env files; what is typed is meant. */
export function sentValues(
  loaded: LoadedProject,
  typed: Values,
  valueFiles: ReadonlySet<string>,
  { environment }: Pick<CommandContext, 'environment'>,
): SentValues {
  const known = loaded.interpolationEnvironment;
  const names = [...referredNames(loaded)]
    .filter((name) => !Object.hasOwn(typed, name) && !name.startsWith('COMPOSE_') && Object.hasOwn(known, name))
    .sort();
  const pick = (some: readonly string[]): Values => Object.fromEntries(some.map((name) => [name, known[name] ?? '']));
  const isOfShell = (name: string): boolean => Object.hasOwn(environment, name);
  const own = new Set(ofTemplate(loaded).map(({ name }) => name));
  return {
    variables: typed,
    shell: pick(names.filter(isOfShell)),
    env_file: pick(valueFiles.size === 0 ? [] : names.filter((name) => !isOfShell(name) && !own.has(name))),
  };
}

/** Env files whose values are sent, not they themselves: those that were named, and one beside the project's folder. */
export function valueFiles(
  values: LoadValues,
  { workingDirectory }: Pick<CommandContext, 'workingDirectory'>,
  directory: string,
  filesRead: readonly string[],
): ReadonlySet<string> {
  const named = (values['env-file'] ?? []).map((file) => resolve(workingDirectory, file));
  const here = resolve(workingDirectory, '.env');
  const isBeside = workingDirectory !== directory && filesRead.includes(here);
  return new Set([...named, ...(isBeside ? [here] : [])]);
}

/** Profiles as they are active here; `*` stands for all there are. */
export function activeProfiles(values: LoadValues, loaded: LoadedProject): readonly string[] {
  const given = values.profile ?? (loaded.interpolationEnvironment['COMPOSE_PROFILES'] ?? '').split(',');
  const names = given.map((name) => name.trim()).filter((name) => name !== '');
  if (!names.includes('*')) return [...new Set(names)];
  const services = Object.values({ ...loaded.project?.services, ...loaded.project?.disabledServices });
  return [...new Set(services.flatMap(({ profiles }) => profiles ?? []))].sort();
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { Refusal, UsageError, type CommandContext } from '../command.ts';
import type { LoadValues } from '../compose/load-options.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import type { SentValues } from './sent-values.ts';

/** Throws a Refusal where the catalog has no such project, or the project no such service. */
export async function findInCatalog({ client }: Gateway, name: string, services: readonly string[]): Promise<void> {
  const { projects } = await client.listProjects({});
  const found = projects.find(({ project }) => project === name);
  if (found === undefined)
    throw new Refusal(
      `There is no Compose file of ${name} here, and the catalog has none either. It has: ${listed(projects.map(({ project }) => project))}.`,
    );
  const known = found.services.map(({ service }) => service);
  const unknown = services.filter((service) => !known.includes(service));
  if (unknown.length > 0) throw new Refusal(`${name} has no service ${listed(unknown)}. It has: ${listed(known)}.`);
}

/** Values of this shell and of env files for the variables that a project of the catalog refers to. */
export function valuesFor(
  names: readonly string[],
  typed: Readonly<Record<string, string>>,
  values: LoadValues,
  { environment, workingDirectory }: Pick<CommandContext, 'environment' | 'workingDirectory'>,
): SentValues {
  const files = (values['env-file'] ?? []).map((file) => readEnvFile(resolve(workingDirectory, file), file));
  const ofFiles: Readonly<Record<string, string | undefined>> = Object.assign({}, ...files) as Record<string, string>;
  const free = names.filter((name) => !Object.hasOwn(typed, name) && !name.startsWith('COMPOSE_')).sort();
  const pick = (source: Readonly<Record<string, string | undefined>>, some: readonly string[]) =>
    Object.fromEntries(
      some.flatMap((name) => {
        const value = Object.hasOwn(source, name) ? source[name] : undefined;
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  const shell = pick(environment, free);
  const left = free.filter((name) => !Object.hasOwn(shell, name));
  return { variables: typed, shell, env_file: pick(ofFiles, left) };
}

function readEnvFile(path: string, name: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${name} cannot be read.`);
  }
}

function listed(names: readonly string[]): string {
  return [...names].sort().join(', ') || 'none';
}

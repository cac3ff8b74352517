import type { ComposeProject } from '@ushadow/compose';
import type { ResolvedEnvironment, ResolvedVariable } from '@ushadow/environment';

type Environments = ReadonlyMap<string, Pick<ResolvedEnvironment, 'variables'>>;

/** The project with the environments that were decided in the place of those its files give. */
export function withEnvironments(project: ComposeProject, environments: Environments): ComposeProject {
  const replace = <S extends object>(services: Readonly<Record<string, S>>): Readonly<Record<string, S>> =>
    Object.fromEntries(
      Object.entries(services).map(([name, service]) => {
        const decided = environments.get(name);
        return [name, decided === undefined ? service : { ...service, environment: valuesOf(decided.variables) }];
      }),
    );
  const { services, disabledServices } = project;
  return {
    ...project,
    services: replace(services),
    ...(disabledServices === undefined ? {} : { disabledServices: replace(disabledServices) }),
  };
}

function valuesOf(variables: readonly ResolvedVariable[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, winner }) => (winner === undefined ? [] : [[name, winner.value] as const])),
  );
}

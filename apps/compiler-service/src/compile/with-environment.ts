import type { ComposeProject } from '@ushadow/compose';
import type { ResolvedVariable } from '@ushadow/environment';

/** The project with the environment that was decided in the place of the one its file gives a service. */
export function withEnvironment(
  project: ComposeProject,
  service: string,
  variables: readonly ResolvedVariable[],
): ComposeProject {
  const environment = Object.fromEntries(
    variables.flatMap(({ name, winner }) => (winner === undefined ? [] : [[name, winner.value] as const])),
  );
  const replace = <S extends object>(services: Readonly<Record<string, S>>): Readonly<Record<string, S>> => {
    const own = services[service];
    return own === undefined ? services : { ...services, [service]: { ...own, environment } };
  };
  const { services, disabledServices } = project;
  return {
    ...project,
    services: replace(services),
    ...(disabledServices === undefined ? {} : { disabledServices: replace(disabledServices) }),
  };
}

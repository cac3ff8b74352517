import type { ComposeProject, ComposeService } from '@ushadow/compose';
import type { ResolvedEnvironment, ResolvedVariable } from '@ushadow/environment';

type Environments = ReadonlyMap<string, Pick<ResolvedEnvironment, 'variables'>>;

/** The project with the environments that were decided in the place of those its files give. */
export function withEnvironments(project: ComposeProject, environments: Environments): ComposeProject {
  const replace = (services: Readonly<Record<string, ComposeService>>): Readonly<Record<string, ComposeService>> =>
    Object.fromEntries(
      Object.entries(services).map(([name, service]) => {
        const decided = environments.get(name);
        return [name, decided === undefined ? service : decidedFor(service, valuesOf(decided.variables))];
      }),
    );
  const { services, disabledServices } = project;
  return {
    ...project,
    services: replace(services),
    ...(disabledServices === undefined ? {} : { disabledServices: replace(disabledServices) }),
  };
}

/** Steps before the start have taken over what the files give: of that they keep what is their own. */
function decidedFor(service: ComposeService, environment: Readonly<Record<string, string>>): ComposeService {
  const { environment: given = {}, pre_start: steps } = service;
  const isOwn = ([name, value]: readonly [string, string | null]): boolean => value !== null && given[name] !== value;
  return {
    ...service,
    environment,
    ...(steps === undefined
      ? {}
      : {
          pre_start: steps.map((step) => ({
            ...step,
            environment: Object.fromEntries(Object.entries(step.environment ?? {}).filter(isOwn)),
          })),
        }),
  };
}

function valuesOf(variables: readonly ResolvedVariable[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, winner }) => (winner === undefined ? [] : [[name, winner.value] as const])),
  );
}

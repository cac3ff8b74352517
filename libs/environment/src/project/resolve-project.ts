import type { ResolvedEnvironment } from '../resolved-variable.ts';
import { resolveEnvironment } from '../resolve-environment.ts';
import type { ChosenValues } from './choose-values.ts';
import { environmentOf } from './choose-values.ts';
import type { ProjectInput } from './project-input.ts';

/** The environment of every service, decided from the same values; by name of the service. */
export function resolveProject(
  input: ProjectInput,
  { named, kept }: ChosenValues,
): ReadonlyMap<string, ResolvedEnvironment> {
  return new Map(
    input.services.map((service) => [service.name, resolveEnvironment(environmentOf(service, input, kept, named))]),
  );
}

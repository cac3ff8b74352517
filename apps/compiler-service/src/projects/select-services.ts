import { everyService } from '@ushadow/compiler';
import type { ComposeProject } from '@ushadow/compose';
import { DomainError } from '@ushadow/contracts';
import { ownOf } from '../environment/declared-values.ts';

export interface ServiceSelection {
  /** Undefined: all that are active. */
  readonly services?: readonly string[] | undefined;
  readonly withDependencies?: boolean | undefined;
}

/** The services that are meant, in alphabetical order. Throws SERVICE_NOT_FOUND for one that is not in the files. */
export function selectServices(
  project: ComposeProject,
  { services, withDependencies = false }: ServiceSelection,
  stem: string,
): readonly string[] {
  const all = everyService(project);
  const unknown = (services ?? []).filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw notFound(`${stem} has no service ${unknown.join(', ')}. It has ${all.join(', ')}.`, unknown, all);
  }
  const wanted = services ?? Object.keys(project.services);
  if (wanted.length === 0) {
    throw notFound(`All services of ${stem} belong to profiles, and none is switched on. Name one.`, [], all);
  }
  return [...(withDependencies ? withAllDependencies(project, wanted) : new Set(wanted))].sort();
}

/** What a service does not require comes along only if it is active anyway. */
function withAllDependencies(project: ComposeProject, wanted: readonly string[]): ReadonlySet<string> {
  const { services, disabledServices = {} } = project;
  const found = new Set<string>();
  const open = [...wanted];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const service = ownOf(services, name) ?? ownOf(disabledServices, name);
    if (service === undefined || found.has(name)) continue;
    found.add(name);
    for (const [target, { required }] of Object.entries(service.depends_on ?? {})) {
      if (required || Object.hasOwn(services, target)) open.push(target);
    }
  }
  return found;
}

function notFound(message: string, unknown: readonly string[], services: readonly string[]): DomainError {
  return new DomainError('SERVICE_NOT_FOUND', 'not-found', message, { details: { unknown, services } });
}

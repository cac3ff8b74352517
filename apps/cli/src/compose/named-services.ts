import type { ComposeProject } from '@ushadow/compose';
import { UsageError } from '../command.ts';

/** The project with these services alone, whatever their profiles, and what they depend on; all of it where none is named. */
export function withNamedServices(project: ComposeProject, names: readonly string[]): ComposeProject {
  if (names.length === 0) return project;
  const all = { ...project.disabledServices, ...project.services };
  const taken = new Set<string>();
  const take = (name: string): void => {
    const service = Object.hasOwn(all, name) ? all[name] : undefined;
    if (service === undefined || taken.has(name)) return;
    taken.add(name);
    for (const on of Object.keys(service.depends_on ?? {})) take(on);
  };
  for (const name of names) {
    if (!Object.hasOwn(all, name)) throw new UsageError(`There is no service ${name} in the project.`);
    take(name);
  }
  const [on, off] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => taken.has(name) === wanted)),
  );
  return { ...project, services: on ?? {}, disabledServices: off ?? {} };
}

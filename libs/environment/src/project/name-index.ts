import type { DeclaredValue, SavedValue } from '../environment-input.ts';
import type { ProjectInput, ProjectService } from './project-input.ts';

interface Declaration {
  readonly service: ProjectService;
  readonly declared: DeclaredValue;
}

interface Kept {
  readonly service: ProjectService;
  readonly saved: SavedValue;
}

/** What the services of a project say of each name, gathered once: names and services are both many. */
export interface NameIndex {
  /** The first service that declares it. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Of every service that something is saved for, in their order. */
  readonly saved: ReadonlyMap<string, readonly Kept[]>;
}

export function indexNames({ services }: ProjectInput): NameIndex {
  const declared = new Map<string, Declaration>();
  const saved = new Map<string, Kept[]>();
  for (const service of services) {
    for (const variable of service.declared) {
      if (!declared.has(variable.name)) declared.set(variable.name, { service, declared: variable });
    }
    for (const [name, value] of Object.entries(service.saved)) {
      const known = saved.get(name) ?? [];
      known.push({ service, saved: value });
      saved.set(name, known);
    }
  }
  return { declared, saved };
}

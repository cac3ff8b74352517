import { own } from '@ushadow/kubernetes';
import type { CompileInput } from '../compile-input.ts';
import type { ComposeProject, PositionIndex } from '@ushadow/compose';
import { jsonPointer, pointerSegments } from '@ushadow/compose';

/** What of a project is compiled. Decisions are made on the whole of it, so that none depends on this. */
export interface Selection {
  /** Switched on: by their profiles, or by being named. */
  readonly on: ReadonlySet<string>;
  /** Whose objects are wanted. */
  readonly compiled: ReadonlySet<string>;
  /** Whose findings count. */
  readonly reported: ReadonlySet<string>;
}

export function selectionOf({ project, services, findingsFor }: CompileInput): Selection {
  const active = Object.keys(project.services);
  const compiled = services === 'all' ? everyService(project) : (services ?? active);
  const named = services === 'all' || services === undefined ? [] : services;
  return {
    on: new Set([...active, ...named, ...(findingsFor ?? [])]),
    compiled: new Set(compiled),
    reported: new Set(findingsFor ?? compiled),
  };
}

/** Names of all services, also those of profiles that are off. */
export function everyService({ services, disabledServices }: ComposeProject): readonly string[] {
  return Object.keys({ ...services, ...disabledServices }).sort();
}

/** The same input with every service in its place, whatever its profiles say. */
export function wholeInput(input: CompileInput): CompileInput {
  const { project, positions } = input;
  const { disabledServices = {} } = project;
  if (Object.keys(disabledServices).length === 0) return input;
  return {
    ...input,
    project: { ...project, services: { ...project.services, ...disabledServices }, disabledServices: {} },
    positions: withDisabled(positions, disabledServices),
  };
}

/** A service that is off stands under another key in the loaded project, but in the same line of the file. */
function withDisabled(positions: PositionIndex, disabled: Readonly<Record<string, unknown>>): PositionIndex {
  return {
    at(pointer) {
      const [section, name, ...rest] = pointerSegments(pointer);
      const isOff = section === 'services' && name !== undefined && own(disabled, name) !== undefined;
      return positions.at(isOff ? jsonPointer(['disabledServices', name, ...rest]) : pointer);
    },
  };
}

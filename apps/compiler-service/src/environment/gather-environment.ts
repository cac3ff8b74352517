import type { ChosenValues, ResolvedEnvironment } from '@ushadow/environment';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import {
  gatherProject,
  mayBeScanned,
  type GatheredService,
  type Gathering,
  type ProjectRequest,
} from '../projects/gather-project.ts';
import type { WorkEntry } from './work-entry.ts';
import type { DeclaredEntry } from './declared-values.ts';

export interface EnvironmentRequest {
  readonly entry: WorkEntry;
  /** They fill `${NAME}` everywhere too, and add variables to the service's container. */
  readonly typed?: Readonly<Record<string, string>> | undefined;
  readonly secrets?: Readonly<Record<string, boolean>> | undefined;
  /** Values for `${…}` in the whole file. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

export interface GatheredEnvironment extends ResolvedEnvironment {
  readonly loaded: LoadedSource;
  readonly chosen: ChosenValues;
  readonly declared: readonly DeclaredEntry[];
  /** Of the whole project, this service among them. */
  readonly services: ReadonlyMap<string, GatheredService>;
  /** A level that could not be asked, and the variables that may have had a value there. */
  readonly unanswered: { readonly message: string; readonly variables: readonly string[] } | undefined;
}

/** The environment of one service, decided as that of its whole project is. */
export function gatherEnvironment(
  source: ProjectSource,
  { entry, typed = {}, secrets, variables }: EnvironmentRequest,
  gathering: Gathering,
): GatheredEnvironment {
  const request: ProjectRequest = {
    layers: { typed: { ...variables, ...typed } },
    serviceValues: { [entry.name]: typed },
    secrets: secrets ?? {},
    savedAs: 'typed',
  };
  const project = gatherProject(source, request, gathering);
  const { loaded, chosen, services } = project;
  const own = services.get(entry.name) ?? { variables: [], unresolved: [], problems: [], declared: [] };
  const unanswered =
    project.unanswered === undefined
      ? undefined
      : {
          message: project.unanswered,
          variables: own.variables.filter((variable) => mayBeScanned(variable, chosen.kept)).map(({ name }) => name),
        };
  return { ...own, loaded, chosen, services, unanswered };
}

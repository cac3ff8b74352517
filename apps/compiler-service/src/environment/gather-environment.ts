import type { ChosenValues, ResolvedEnvironment } from '@ushadow/environment';
import type { CatalogEntry } from '../catalog/catalog.ts';
import type { LoadedSource } from '../catalog/load-source.ts';
import { mayBeScanned, type GatheredService, type GatherProject } from '../projects/gather-project.ts';
import type { DeclaredEntry } from './declared-values.ts';
import type { Place } from './place.ts';

export interface EnvironmentRequest {
  readonly entry: CatalogEntry;
  /** Undefined: no cluster, so neither scans nor saved values. */
  readonly place: Place | undefined;
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
export class GatherEnvironment {
  private readonly gather: GatherProject;

  constructor(gather: GatherProject) {
    this.gather = gather;
  }

  async run({ entry, place, typed = {}, secrets, variables }: EnvironmentRequest): Promise<GatheredEnvironment> {
    const project = await this.gather.run({
      source: entry.source,
      place,
      layers: { typed: { ...variables, ...typed } },
      serviceValues: { [entry.name]: typed },
      secrets: secrets ?? {},
      savedAs: 'typed',
    });
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
}

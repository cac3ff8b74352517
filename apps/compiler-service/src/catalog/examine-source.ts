import { everyService } from '@ushadow/compiler';
import type { ComposeProject, ComposeService, Diagnostic } from '@ushadow/compose';
import { errorsOf, loadSource } from './load-source.ts';
import { digestOf, projectFiles } from './project-files.ts';
import type { ProjectSource } from './project-source.ts';
import { serviceMetadata, type FileMetadata, type ServiceMetadata } from './service-metadata.ts';

/** A service of a project, as it is listed. */
export interface ExaminedService {
  readonly name: string;
  readonly service: ComposeService;
  readonly metadata: ServiceMetadata;
  readonly fileMetadata: FileMetadata;
}

/** What the catalog knows of a project. */
export interface ExaminedProject {
  /** Undefined where its files do not make a project. */
  readonly name: string | undefined;
  /** Every service, of whatever profile. */
  readonly all: readonly string[];
  /** Those that are switched on. */
  readonly active: readonly string[];
  /** With errors, none: what it would deploy is not certain. */
  readonly services: readonly ExaminedService[];
  readonly errors: readonly Diagnostic[];
  /** What else the loader found, errors among it; not what a user is still to bring. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly string[];
  readonly digest: string;
}

export interface Examination {
  /** The operator's variables, where the project may see them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly digestKey: Uint8Array;
}

/** Reads a project once, for all that lists it. */
export function examineSource(source: ProjectSource, { variables, digestKey }: Examination): ExaminedProject {
  const loaded = loadSource(source, variables);
  const { project } = loaded.result;
  const files = projectFiles(source, loaded.result);
  const errors = errorsOf(loaded);
  return {
    name: project?.name,
    all: project === undefined ? [] : [...everyService(project)],
    active: Object.keys(project?.services ?? {}),
    services: project === undefined || errors.length > 0 ? [] : servicesOf(project),
    errors,
    diagnostics: loaded.diagnostics,
    files: files.map(({ path }) => path),
    digest: digestOf(files, digestKey),
  };
}

function servicesOf(project: ComposeProject): readonly ExaminedService[] {
  const all = { ...project.services, ...project.disabledServices };
  return Object.entries(all).map(([name, service]) => ({ name, service, ...serviceMetadata(project, name) }));
}

import type { PodPolicy } from '@ushadow/compiler';
import type { ComposeService, Diagnostic } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import { watch, type FSWatcher } from 'chokidar';
import type { UploadedProjects } from '../uploads/uploaded-projects.ts';
import { stemTaken, uploadsUnavailable } from './catalog-problems.ts';
import { findProjects } from './find-projects.ts';
import { digestOf, projectFiles } from './project-files.ts';
import { errorsOf, loadSource, type LoadedSource } from './load-source.ts';
import type { ProjectSource } from './project-source.ts';
import { serviceMetadata, type FileMetadata, type ServiceMetadata } from './service-metadata.ts';

export interface CatalogEntry {
  /** `{stem}:{service}` */
  readonly id: string;
  readonly name: string;
  readonly service: ComposeService;
  readonly metadata: ServiceMetadata;
  readonly fileMetadata: FileMetadata;
  readonly source: ProjectSource;
  readonly project: string;
}

export interface CatalogProblem {
  readonly source: Pick<ProjectSource, 'stem' | 'file' | 'base' | 'origin'>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A project as it was read last. One with errors has no services. */
export interface CatalogProject {
  readonly source: ProjectSource;
  readonly loaded: LoadedSource;
  readonly entries: readonly CatalogEntry[];
  readonly files: readonly string[];
  readonly digest: string;
}

export interface CatalogContent {
  readonly projects: readonly CatalogProject[];
  readonly entries: readonly CatalogEntry[];
  readonly problems: readonly CatalogProblem[];
}

/** Variables for `${…}`, over those of a project's `.env`. */
type Variables = Readonly<Record<string, string>>;

interface CatalogParts {
  /** Folder of Compose files. */
  readonly root: string;
  /** What pods may do, as the operator has decided. */
  readonly policy: PodPolicy;
  /** The operator's variables: they stand where Compose would look into the shell's environment (T1). */
  readonly variables: Variables;
  readonly uploads: Pick<UploadedProjects, 'sources'>;
  readonly digestKey: Uint8Array;
}

/** The services of the Compose files below one folder, and of uploads. Read again after a change. */
export class Catalog {
  readonly policy: PodPolicy;
  private readonly parts: CatalogParts;
  private onDisk: readonly Listed[] | undefined;
  private uploaded = new Map<ProjectSource, Listed>();
  private watcher: FSWatcher | undefined;

  constructor(parts: CatalogParts) {
    this.parts = parts;
    this.policy = parts.policy;
  }

  /** Resolves once changes are noticed. */
  async watch(): Promise<void> {
    const watcher = watch(this.parts.root, { depth: 2, ignoreInitial: true });
    this.watcher = watcher;
    watcher.on('all', () => {
      this.onDisk = undefined;
    });
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
    });
  }

  async close(): Promise<void> {
    await this.watcher?.close();
  }

  async list(): Promise<CatalogContent> {
    const { sources, isCurrent } = await this.parts.uploads.sources();
    const content = merge([...this.listDisk(), ...this.listUploads(sources)]);
    return isCurrent ? content : { ...content, problems: [...content.problems, uploadsUnavailable] };
  }

  async find(serviceId: string): Promise<CatalogEntry | undefined> {
    return (await this.list()).entries.find((entry) => entry.id === serviceId);
  }

  async findProject(stem: string): Promise<CatalogProject | undefined> {
    return (await this.list()).projects.find(({ source }) => source.stem === stem);
  }

  /** A project as it is now, not when it was listed. */
  load(source: ProjectSource, variables: Variables = {}, profiles: readonly string[] = []): LoadedSource {
    return loadSource(source, { ...this.parts.variables, ...variables }, profiles);
  }

  /** What a project would add to the catalog, without adding it. */
  examine(source: ProjectSource): CatalogContent {
    return merge([this.read(source)]);
  }

  private listDisk(): readonly Listed[] {
    const { root } = this.parts;
    this.onDisk ??= findProjects(new DiskFilePort({ roots: [root] }), root).map((source) => this.read(source));
    return this.onDisk;
  }

  /** An upload's source is the same object until another upload takes its place. */
  private listUploads(sources: readonly ProjectSource[]): readonly Listed[] {
    this.uploaded = new Map(sources.map((source) => [source, this.uploaded.get(source) ?? this.read(source)]));
    return [...this.uploaded.values()];
  }

  private read(source: ProjectSource): Listed {
    const loaded = loadSource(source, this.parts.variables);
    const files = projectFiles(source, loaded.result);
    const listed = {
      source,
      loaded,
      files: files.map(({ path }) => path),
      digest: digestOf(files, this.parts.digestKey),
    };
    return { ...listed, entries: entriesOf(source, loaded), errors: errorsOf(loaded) };
  }
}

interface Listed extends CatalogProject {
  readonly errors: readonly Diagnostic[];
}

/** The first project of a stem is listed; a second one would make ids that mean two services. */
function merge(listed: readonly Listed[]): CatalogContent {
  const first = new Map<string, ProjectSource>();
  const judged = listed.map((one) => {
    const holder = first.get(one.source.stem);
    if (holder === undefined) first.set(one.source.stem, one.source);
    return holder === undefined ? one : { ...one, entries: [], errors: [stemTaken(one.source, holder)] };
  });
  return {
    projects: judged.filter(({ source }) => first.get(source.stem) === source),
    entries: judged.flatMap(({ entries }) => entries),
    problems: judged
      .filter(({ errors }) => errors.length > 0)
      .map(({ source, errors }) => ({ source, diagnostics: errors })),
  };
}

/** A file with errors lists no services: what it would deploy is not certain. */
function entriesOf(source: ProjectSource, loaded: LoadedSource): CatalogEntry[] {
  const { project } = loaded.result;
  if (project === undefined || errorsOf(loaded).length > 0) return [];
  return Object.entries({ ...project.services, ...project.disabledServices }).map(([name, service]) => ({
    id: `${source.stem}:${name}`,
    name,
    service,
    ...serviceMetadata(project, name),
    source,
    project: project.name,
  }));
}

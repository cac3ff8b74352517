import type { ComposeService, Diagnostic, LoadResult } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import { watch, type FSWatcher } from 'chokidar';
import { findProjects, type ProjectSource } from './find-projects.ts';
import { loadSource } from './load-source.ts';
import { serviceMetadata, type ServiceMetadata } from './service-metadata.ts';

export interface CatalogEntry {
  /** `{stem}:{service}` */
  readonly id: string;
  readonly name: string;
  readonly service: ComposeService;
  readonly metadata: ServiceMetadata;
  readonly source: ProjectSource;
  readonly project: string;
}

export interface CatalogProblem {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CatalogContent {
  readonly entries: readonly CatalogEntry[];
  readonly problems: readonly CatalogProblem[];
}

/** The services of the Compose files below one folder. Read again after a change on disk. */
export class Catalog {
  readonly root: string;
  /** Paths of a cluster's nodes that its services may mount, with everything below. */
  readonly hostPaths: readonly string[];
  private content: CatalogContent | undefined;
  private watcher: FSWatcher | undefined;

  constructor(root: string, hostPaths: readonly string[] = []) {
    this.root = root;
    this.hostPaths = hostPaths;
  }

  /** Resolves once changes are noticed. */
  async watch(): Promise<void> {
    const watcher = watch(this.root, { depth: 2, ignoreInitial: true });
    this.watcher = watcher;
    watcher.on('all', () => {
      this.content = undefined;
    });
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
    });
  }

  async close(): Promise<void> {
    await this.watcher?.close();
  }

  list(): CatalogContent {
    this.content ??= read(this.root);
    return this.content;
  }

  find(serviceId: string): CatalogEntry | undefined {
    return this.list().entries.find((entry) => entry.id === serviceId);
  }

  /** The project of an entry as it is on disk now, not when it was listed. */
  load(entry: CatalogEntry): LoadResult {
    return loadSource(entry.source, this.root);
  }
}

function read(root: string): CatalogContent {
  const sources = findProjects(new DiskFilePort(), root);
  const loaded = sources.map((source) => ({ source, result: loadSource(source, root) }));
  return {
    entries: loaded.flatMap(({ source, result }) => entriesOf(source, result)),
    problems: loaded
      .map(({ source, result }) => ({
        file: source.file,
        diagnostics: result.diagnostics.filter((found) => found.severity === 'error'),
      }))
      .filter((problem) => problem.diagnostics.length > 0),
  };
}

/** A file with errors lists no services: what it would deploy is not certain. */
function entriesOf(source: ProjectSource, result: LoadResult): CatalogEntry[] {
  const { project } = result;
  if (project === undefined || !result.ok) return [];
  return Object.entries({ ...project.services, ...project.disabledServices }).map(([name, service]) => ({
    id: `${source.stem}:${name}`,
    name,
    service,
    metadata: serviceMetadata(project, name),
    source,
    project: project.name,
  }));
}

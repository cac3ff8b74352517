import type { PodPolicy } from '@ushadow/compiler';
import type { Diagnostic } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import { watch, type FSWatcher } from 'chokidar';
import { UploadSetAside, type UploadedProjects, type UploadedSource } from '../uploads/uploaded-projects.ts';
import type { Workers } from '../work/workers.ts';
import { WorkStopped } from '../work/work-stopped.ts';
import {
  isBeingRead,
  setAside,
  stemTaken,
  tooCostly,
  uploadsUnavailable,
  type CatalogProblem,
} from './catalog-problems.ts';
import type { ExaminedProject, ExaminedService } from './examine-source.ts';
import { findProjects } from './find-projects.ts';
import type { SourcePlace, StoredSource } from './project-source.ts';

export interface CatalogEntry extends ExaminedService {
  /** `{stem}:{service}` */
  readonly id: string;
  readonly source: StoredSource;
  readonly project: string;
  /** Every service of its project. */
  readonly siblings: readonly string[];
}

/** A project as it was read last. One with errors has no services. */
export interface CatalogProject extends Omit<ExaminedProject, 'services'> {
  readonly source: StoredSource;
  readonly entries: readonly CatalogEntry[];
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
  readonly uploads: Pick<UploadedProjects, 'sources' | 'reading' | 'failed'>;
  readonly digestKey: Uint8Array;
  readonly workers: Pick<Workers, 'run'>;
}

/** A list does not wait longer for a project that is read for the first time. */
const FIRST_READING_MS = 3_000;

/** The services of the Compose files below one folder, and of uploads. Read again after a change. */
export class Catalog {
  readonly policy: PodPolicy;
  private readonly parts: CatalogParts;
  private onDisk: readonly Reading[] | undefined;
  private uploaded = new Map<StoredSource, Reading>();
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

  /** Resolves when every project has been read once, or has failed. */
  async readAll(): Promise<void> {
    const { sources } = await this.parts.uploads.sources();
    await Promise.allSettled([...this.listDisk(), ...this.listUploads(sources)].map(({ result }) => result));
  }

  async list(): Promise<CatalogContent> {
    const { sources, isCurrent } = await this.parts.uploads.sources();
    const readings = [...this.listDisk(), ...this.listUploads(sources)];
    const content = merge(await Promise.all(readings.map(soon)));
    return isCurrent ? content : { ...content, problems: [...content.problems, uploadsUnavailable] };
  }

  async find(serviceId: string): Promise<CatalogEntry | undefined> {
    return (await this.list()).entries.find((entry) => entry.id === serviceId);
  }

  async findProject(stem: string): Promise<CatalogProject | undefined> {
    return (await this.list()).projects.find(({ source }) => source.stem === stem);
  }

  /** The operator's variables are for the operator's files: an upload is anybody's. */
  variablesFor({ origin }: Pick<SourcePlace, 'origin'>): Variables {
    return origin === 'directory' ? this.parts.variables : {};
  }

  /** What a project would add to the catalog, without adding it. Rejects with WorkStopped for one that costs too much. */
  async examine(source: StoredSource): Promise<CatalogContent> {
    return merge([listed(source, await this.read(source))]);
  }

  private listDisk(): readonly Reading[] {
    const { root } = this.parts;
    this.onDisk ??= findProjects(new DiskFilePort({ roots: [root] }), root).map((source) => this.reading(source));
    return this.onDisk;
  }

  /** An upload's source is the same object until another upload takes its place. */
  private listUploads(uploads: readonly UploadedSource[]): readonly Reading[] {
    this.uploaded = new Map(
      uploads.map(({ source, setAsideFor }) => [
        source,
        this.uploaded.get(source) ??
          (setAsideFor === undefined
            ? this.reading(source)
            : settledReading(failedProject(source, setAside(source, setAsideFor)))),
      ]),
    );
    return [...this.uploaded.values()];
  }

  private read(source: StoredSource): Promise<ExaminedProject> {
    const { workers, digestKey } = this.parts;
    return workers.run('examine', { source, variables: this.variablesFor(source), digestKey });
  }

  /** One project that cannot be read is a problem of its own, and takes no other with it. */
  private reading(source: StoredSource): Reading {
    const result = this.parts.uploads
      .reading(source, () => this.read(source))
      .then(
        (examined) => listed(source, examined),
        (error: unknown) => this.failed(source, error),
      );
    return { source, result };
  }

  private async failed(source: StoredSource, error: unknown): Promise<Listed> {
    // An upload is tried again: it may have been the machine's fault, once.
    this.uploaded.delete(source);
    if (error instanceof UploadSetAside) return failedProject(source, setAside(source, error.message));
    if (!(error instanceof WorkStopped)) {
      this.onDisk = undefined;
      throw error;
    }
    await this.parts.uploads.failed(source, error.message);
    return failedProject(source, tooCostly(source, error.message));
  }
}

interface Listed extends CatalogProject {
  readonly errors: readonly Diagnostic[];
}

interface Reading {
  readonly source: StoredSource;
  readonly result: Promise<Listed>;
}

function settledReading(listed: Listed): Reading {
  return { source: listed.source, result: Promise.resolve(listed) };
}

/** What has been read, or that it is not yet. */
async function soon({ source, result }: Reading): Promise<Listed> {
  const late = Promise.withResolvers<Listed>();
  const timer = setTimeout(() => {
    late.resolve(failedProject(source, isBeingRead(source)));
  }, FIRST_READING_MS);
  try {
    return await Promise.race([result, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function listed(source: StoredSource, { services, ...examined }: ExaminedProject): Listed {
  const entries = services.map((service) => ({
    ...service,
    id: `${source.stem}:${service.name}`,
    source,
    project: examined.name ?? source.stem,
    siblings: examined.all,
  }));
  return { ...examined, source, entries };
}

/** A project of which nothing is known but why. */
function failedProject(source: StoredSource, problem: Diagnostic): Listed {
  const unknown = { name: undefined, all: [], active: [], entries: [], files: [], digest: '' };
  return { ...unknown, source, errors: [problem], diagnostics: [problem] };
}

/** The first project of a stem is listed; a second one would make ids that mean two services. */
function merge(listed: readonly Listed[]): CatalogContent {
  const first = new Map<string, StoredSource>();
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

import type { PodPolicy } from '@ushadow/compiler';
import { DomainError, type TemplateData } from '@ushadow/contracts';
import { createHash } from 'node:crypto';
import type { Workers } from '../work/workers.ts';
import type { CheckedTemplate } from './check-task.ts';
import { findTemplates, type FoundTemplate, type FoundTemplates } from './find-templates.ts';
import { readTemplate } from './read-template.ts';

/** What a list says of a template beside its names. */
type Summary = Pick<TemplateData, 'title' | 'description' | 'documentation' | 'tags' | 'services' | 'public' | 'check'>;

/** A template as it is known now. */
export interface ListedTemplate {
  readonly found: FoundTemplate;
  /** Of an earlier content while this one is not checked. */
  readonly summary: Summary | undefined;
  readonly isChecked: boolean;
}

interface Known extends ListedTemplate {
  /** Over the content that `summary` is of. */
  readonly digest: string | undefined;
}

export interface GalleryContent {
  readonly templates: readonly ListedTemplate[];
  readonly checked: number;
  readonly problems: readonly string[];
}

interface GalleryParts {
  readonly folders: readonly string[];
  readonly policy: PodPolicy;
  readonly workers: Pick<Workers, 'run'>;
  readonly onFailure: (template: string, error: unknown) => void;
}

/** Folders are looked at again when somebody asks, not more often than this. */
const LOOK_MS = 2_000;

/** The templates of the operator's folders. Each content is checked once, in the background, one after the other. */
export class Gallery {
  private readonly parts: GalleryParts;
  private known = new Map<string, Known>();
  private problems: readonly string[] = [];
  private lookedAt = -Infinity;
  private looking: Promise<void> | undefined;
  private checking: Promise<void> | undefined;
  private readonly pending = new Set<string>();
  private isClosed = false;

  constructor(parts: GalleryParts) {
    this.parts = parts;
  }

  async list(): Promise<GalleryContent> {
    await this.look();
    const templates = [...this.known.values()];
    return { templates, checked: templates.filter(({ isChecked }) => isChecked).length, problems: this.problems };
  }

  /** Those of an id, or of a name. */
  async find(id: string): Promise<readonly ListedTemplate[]> {
    const { templates } = await this.list();
    const same = templates.filter(({ found }) => found.id === id);
    return same.length > 0 ? same : templates.filter(({ found }) => found.name === id);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled([this.looking, this.checking]);
  }

  private async look(): Promise<void> {
    if (this.isClosed || performance.now() - this.lookedAt < LOOK_MS) return;
    this.looking ??= findTemplates(this.parts.folders)
      .then((found) => {
        this.take(found);
        this.lookedAt = performance.now();
      })
      .finally(() => {
        this.looking = undefined;
      });
    await this.looking;
  }

  private take({ templates, problems }: FoundTemplates): void {
    const { folders } = this.parts;
    this.problems = folders.length === 0 ? ['No folder of templates is named: TEMPLATES_DIR is not set.'] : problems;
    this.known = new Map(
      templates.map((found) => {
        const before = this.known.get(found.id);
        const isSame = before?.found.signature === found.signature;
        const { summary, digest } = before ?? { summary: undefined, digest: undefined };
        return [found.id, isSame ? before : { found, summary, digest, isChecked: false }];
      }),
    );
    this.pending.clear();
    for (const [id, { isChecked }] of this.known) if (!isChecked) this.pending.add(id);
    this.checking ??= this.checkAll().finally(() => {
      this.checking = undefined;
    });
  }

  private async checkAll(): Promise<void> {
    for (let [id] = this.pending; id !== undefined && !this.isClosed; [id] = this.pending) {
      this.pending.delete(id);
      const before = this.known.get(id);
      if (before === undefined || before.isChecked) continue;
      const after = await this.checked(before);
      if (this.known.get(id) === before) this.known.set(id, after);
    }
  }

  private async checked(before: Known): Promise<Known> {
    const { found } = before;
    const { policy, workers, onFailure } = this.parts;
    const read = await readTemplate(found);
    if ('problem' in read) return { found, summary: unreadable(found), digest: undefined, isChecked: true };
    const digest = digestOf(read.input.files);
    if (digest === before.digest) return { ...before, isChecked: true };
    try {
      const checked = await workers.run('checkTemplate', { input: read.input, policy, now: Date.now() });
      return { found, summary: summaryOf(checked), digest, isChecked: true };
    } catch (error) {
      // That one costs too much is its own; anything else is a mistake of ours, which the others do not wait for.
      if (!(error instanceof DomainError) && !this.isClosed) onFailure(found.id, error);
      return { found, summary: unreadable(found), digest, isChecked: true };
    }
  }
}

function digestOf(files: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(files)))
    .digest('base64');
}

export function summaryOf({ info, services, public: addresses, findings }: CheckedTemplate): Summary {
  const count = (severity: string): number =>
    findings.filter((each) => each.severity === severity).reduce((sum, { places = [] }) => sum + 1 + places.length, 0);
  const [errors, warnings] = [count('error'), count('warning')];
  const state = errors > 0 ? 'errors' : warnings > 0 ? 'warnings' : 'ok';
  return {
    title: info.name,
    description: info.description ?? null,
    documentation: info.documentation ?? null,
    tags: [...info.tags],
    services,
    public: addresses,
    check: { state, errors, warnings },
  };
}

/** A template of which nothing is known but that it has an error, which is said where it is asked for. */
export function unreadable({ name }: FoundTemplate): Summary {
  const nothing = { description: null, documentation: null, tags: [], services: [], public: [] };
  return { title: name, ...nothing, check: { state: 'errors', errors: 1, warnings: 0 } };
}

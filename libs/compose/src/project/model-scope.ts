import type { Report } from '../diagnostics/report.ts';
import type { GuardedFiles } from '../files/guarded-files.ts';
import type { LoadInput, LoadLimits, LoadStep } from '../load-input.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import type { NodeBudget, ParsedDocument } from '../parse/parse-yaml.ts';
import type { MapNode } from '../tree/node.ts';
import type { Asked } from '../files/guarded-files.ts';
import { WrittenTemplates } from './written-templates.ts';

/** Variables for interpolation, with a text that tells two different environments apart. */
export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  readonly key: string;
}

type HowToLoad = Pick<LoadInput, 'placeholder' | 'without'>;

/** What all steps of one load share. */
export class LoadSession {
  readonly files: GuardedFiles;
  readonly limits: LoadLimits;
  readonly report: Report;
  readonly placeholder: string | undefined;
  readonly unset = new Set<string>();
  readonly templates = new WrittenTemplates();
  readonly includeCache = new Map<string, MapNode>();
  readonly #without: ReadonlySet<LoadStep>;
  readonly #budget: NodeBudget;
  readonly #parsed = new Map<string, readonly ParsedDocument[]>();
  #includes = 0;

  constructor(files: GuardedFiles, limits: LoadLimits, report: Report, how: HowToLoad = {}) {
    this.files = files;
    this.limits = limits;
    this.report = report;
    this.placeholder = how.placeholder;
    this.#without = new Set(how.without);
    this.#budget = { nodesLeft: limits.nodesMax };
  }

  does(step: LoadStep): boolean {
    return !this.#without.has(step);
  }

  /** The documents of a file; undefined when it cannot be read (reported). */
  documents(path: string, asked: Asked): readonly ParsedDocument[] | undefined {
    const known = this.#parsed.get(path);
    if (known) return known;
    const text = this.files.read(path, 'compose', asked);
    if (text === undefined) return undefined;
    const documents = parseYaml(path, text, this.limits, this.#budget, this.report);
    this.#parsed.set(path, documents);
    return documents;
  }

  /** Counts one include; false when there are too many (reported). */
  countInclude(asked: Asked): boolean {
    this.#includes += 1;
    if (this.#includes <= this.limits.includesMax) return true;
    this.report.add('CPS0009', { limit: this.limits.includesMax }, asked.path, asked.at);
    return false;
  }
}

/** One project, or one included project: files that are layered, and where and with what they are read. */
export interface ModelScope {
  readonly session: LoadSession;
  readonly files: readonly string[];
  /** Relative paths start here. */
  readonly directory: string;
  readonly environment: Environment;
  /** Files that are being included, outermost first. */
  readonly including: readonly string[];
  /** Who asks for the files. */
  readonly asked: Asked;
}

/** A reference that only a network can answer. */
export function isRemote(reference: string): boolean {
  return /^(?:https?|git|ssh|oci):\/\/|^git@|^github\.com\//.test(reference) || /\.git(?:#.*)?$/.test(reference);
}

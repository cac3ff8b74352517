import type { Report } from '../diagnostics/report.ts';
import type { GuardedFiles } from '../files/guarded-files.ts';
import type { LoadInput, LoadStep } from '../load-input.ts';
import type { LoadLimits } from '../limits.ts';
import { ParsedFiles } from '../parse/parsed-files.ts';
import type { ReadBudget } from '../parse/parsed-document.ts';
import type { ParsedDocument } from '../parse/parsed-document.ts';
import type { MapNode } from '../tree/node.ts';
import type { Asked } from '../files/guarded-files.ts';
import { Work } from '../work.ts';
import { WrittenTemplates } from './written-templates.ts';

/** Variables for interpolation; a number tells two different environments of one load apart. */
export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  readonly id: number;
}

type HowToLoad = Pick<LoadInput, 'placeholder' | 'without' | 'parsed'>;

/** What all steps of one load share. */
export class LoadSession {
  readonly files: GuardedFiles;
  readonly limits: LoadLimits;
  readonly report: Report;
  readonly placeholder: string | undefined;
  readonly unset = new Set<string>();
  readonly templates: WrittenTemplates;
  readonly work: Work;
  readonly #models = new Map<string, MapNode>();
  readonly #environments = new Map<string, Environment>();
  readonly #without: ReadonlySet<LoadStep>;
  readonly #budget: ReadBudget;
  readonly #parsed: ParsedFiles;
  readonly #read = new Map<string, readonly ParsedDocument[]>();
  #includes = 0;

  constructor(
    files: GuardedFiles,
    limits: LoadLimits,
    report: Report,
    how: HowToLoad = {},
    work = new Work(limits, report),
  ) {
    this.files = files;
    this.limits = limits;
    this.report = report;
    this.work = work;
    this.templates = new WrittenTemplates(work);
    this.#parsed = how.parsed ?? new ParsedFiles();
    this.placeholder = how.placeholder;
    this.#without = new Set(how.without);
    this.#budget = { nodesLeft: limits.nodesMax, tokensLeft: limits.tokensMax, documentsLeft: limits.documentsMax };
  }

  does(step: LoadStep): boolean {
    return !this.#without.has(step);
  }

  /** The documents of a file; undefined when it cannot be read (reported). */
  documents(path: string, asked: Asked): readonly ParsedDocument[] | undefined {
    const known = this.#read.get(path);
    if (known) return known;
    const text = this.files.read(path, 'compose', asked);
    if (text === undefined) return undefined;
    const documents = this.#parsed.documents(path, text, this.limits, this.#budget, this.report);
    this.#read.set(path, documents);
    return documents;
  }

  /**
   * The variables of env files below those of an outer environment: one environment for each pair of these, or the outer one
   * itself where the files add nothing.
   */
  environmentWithin(
    outer: Environment,
    files: readonly string[],
    read: () => Readonly<Record<string, string>>,
  ): Environment {
    const key = JSON.stringify([outer.id, ...files]);
    const known = this.#environments.get(key);
    if (known) return known;
    const added = Object.entries(read()).filter(([name]) => !Object.hasOwn(outer.values, name));
    this.work.visit(Object.keys(outer.values).length + added.length);
    const environment =
      added.length === 0
        ? outer
        : { values: { ...Object.fromEntries(added), ...outer.values }, id: this.#environments.size + 1 };
    this.#environments.set(key, environment);
    return environment;
  }

  /** An included project: loaded once for its files, its directory and the variables it sees. */
  included(files: readonly string[], directory: string, environment: Environment, load: () => MapNode): MapNode {
    const key = JSON.stringify([environment.id, directory, ...files]);
    const known = this.#models.get(key);
    if (known) return known;
    const model = load();
    this.#models.set(key, model);
    return model;
  }

  /** Counts one include at a depth; false when there are too many, or too many one inside the other (reported). */
  countInclude(depth: number, asked: Asked): boolean {
    const { includesMax, includeDepthMax } = this.limits;
    this.#includes += 1;
    if (this.#includes > includesMax) this.report.add('CPS0009', { limit: includesMax }, asked.path, asked.at);
    else if (depth > includeDepthMax) this.report.add('CPS0013', { limit: includeDepthMax }, asked.path, asked.at);
    else return true;
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

import { rangeWeight } from '../canonical/range-weight.ts';
import { resolvePaths } from '../canonical/resolve-paths.ts';
import { toLongForms } from '../canonical/long-forms.ts';
import { directoryOf, resolvePath } from '../files/paths.ts';
import { applyResets, applyResetsAt, resetTree } from '../merge/apply-resets.ts';
import type { Resets } from '../merge/apply-resets.ts';
import { enforceUnique } from '../merge/enforce-unique.ts';
import { mergeNodes } from '../merge/merge.ts';
import { entriesOf, entry, isNull, map, textOf, treeWeight, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { readDocument } from './read-document.ts';
import { isRemote } from './model-scope.ts';
import type { ModelScope } from './model-scope.ts';

/** Services of one file, as `extends` sees them. */
interface Base {
  readonly file: string;
  readonly services: ReadonlyMap<string, Node>;
  readonly resets: Resets;
  /** Those that are laid on what they extend already: each is, once, however many extend it. */
  readonly settled: Map<string, Node | undefined>;
}

interface Reference {
  readonly service: string;
  readonly file: string | undefined;
  readonly at: Node;
}

/** A service that is being extended, with its file. */
interface Step {
  readonly name: string;
  readonly file: string;
}

/** Lays each service on the one it extends. Files named by `extends` are read once per scope. */
export class ExtendsResolver {
  readonly #scope: ModelScope;
  readonly #bases = new Map<string, Base | undefined>();
  /** Services that wait for the one they extend, outermost first, with their place in that order. */
  readonly #trail: Step[] = [];
  readonly #open = new Map<string, number>();

  constructor(scope: ModelScope) {
    this.#scope = scope;
  }

  apply(document: MapNode, file: string, resets: readonly Path[]): MapNode {
    const services = document.entries.get('services');
    if (services?.kind !== 'map') return document;
    const base: Base = { file, services: services.entries, resets: resetTree(resets), settled: new Map() };
    const extended = [...services.entries].map(([name]) => [name, this.#service(name, base)] as const);
    const present = extended.flatMap(([name, node]): [string, Node][] => (node ? [[name, node]] : []));
    return withEntry(document, 'services', { ...services, entries: new Map(present) });
  }

  #service(name: string, base: Base): Node | undefined {
    if (base.settled.has(name)) return base.settled.get(name);
    const service = base.services.get(name);
    if (service?.kind !== 'map') return service;
    const reference = this.#reference(name, service);
    const own = withEntry(service, 'extends', undefined);
    const step = { name, file: base.file };
    if (!reference || this.#isRefused(step, reference)) return own;
    const laid = this.#extended(step, own, reference, base);
    base.settled.set(name, laid);
    return laid;
  }

  #extended(step: Step, own: MapNode, reference: Reference, base: Base): Node {
    const { name } = step;
    const from = reference.file === undefined ? base : this.#fromFile(reference.file, name, reference);
    if (!from) return own;
    if (!from.services.has(reference.service)) {
      this.#notFound(name, reference, from.file);
      return own;
    }
    const key = keyOf(step);
    this.#open.set(key, this.#trail.push(step) - 1);
    const source = this.#service(reference.service, from);
    this.#trail.pop();
    this.#open.delete(key);
    return !source || isNull(source) ? own : this.#laid(name, source, own, base.resets);
  }

  /** A circle, or more services one on the other than are followed. */
  #isRefused(step: Step, { at }: Reference): boolean {
    const { report, limits } = this.#scope.session;
    const path = ['services', step.name, 'extends'];
    const place = this.#open.get(keyOf(step));
    if (place !== undefined) {
      const chain = [...this.#trail.slice(place), step].map(({ name }) => name);
      report.add('CPS0503', { chain }, path, at.at);
    } else if (this.#trail.length >= limits.extendsDepthMax) {
      report.add('CPS0508', { service: step.name, limit: limits.extendsDepthMax }, path, at.at);
    } else return false;
    return true;
  }

  #laid(name: string, source: Node, own: MapNode, resets: Resets): Node {
    const { report, work } = this.#scope.session;
    const path = ['services', name];
    const kept = applyResetsAt(source, path, resets) ?? map([], source.at);
    const laid = { ...mergeNodes(kept, own, report, path), at: own.at };
    work.visit(treeWeight(laid), own.at);
    return laid;
  }

  #reference(name: string, service: MapNode): Reference | undefined {
    const written = service.entries.get('extends');
    if (!written) return undefined;
    const target = textOf(written) ?? textOf(entry(written, 'service'));
    if (target !== undefined) {
      return { service: target, file: textOf(entry(written, 'file')), at: entry(written, 'service') ?? written };
    }
    this.#scope.session.report.add('CPS0504', { service: name }, ['services', name, 'extends'], written.at);
    return undefined;
  }

  #notFound(name: string, { service, at }: Reference, file: string): void {
    this.#scope.session.report.add('CPS0502', { service, file }, ['services', name, 'extends'], at.at);
  }

  #fromFile(reference: string, name: string, { at }: Reference): Base | undefined {
    const { session, directory } = this.#scope;
    const path = ['services', name, 'extends', 'file'];
    if (isRemote(reference)) {
      session.report.add('CPS0012', { reference }, path, at.at);
      return undefined;
    }
    const file = resolvePath(directory, reference);
    if (!this.#bases.has(file)) this.#bases.set(file, this.#load(file, { path, at: at.at }));
    return this.#bases.get(file);
  }

  /** The services of a file, in long form, with paths that start at that file. They are checked after the merge. */
  #load(file: string, asked: ModelScope['asked']): Base | undefined {
    const { session, environment } = this.#scope;
    const documents = session.documents(file, asked);
    if (!documents) return undefined;
    let model: MapNode = map([], { file, line: 1, column: 1 });
    for (const document of documents) {
      const read = readDocument(document, this.#scope);
      if (!read) continue;
      const merged = mergeNodes(applyResets(model, resetTree(document.resets)), read, session.report);
      session.work.visit(treeWeight(merged) + rangeWeight(merged), read.at);
      const long = enforceUnique(merged);
      model = long.kind === 'map' ? toLongForms(long, session.report) : model;
    }
    const context = { directory: directoryOf(file), home: environment.values['HOME'], report: session.report };
    const services = entriesOf(entry(resolvePaths(enforceUnique(model), context), 'services'));
    const resets = resetTree(documents.flatMap((document) => document.resets));
    return { file, services, resets, settled: new Map() };
  }
}

function keyOf({ name, file }: Step): string {
  return JSON.stringify([name, file]);
}

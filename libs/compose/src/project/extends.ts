import { resolvePaths } from '../canonical/resolve-paths.ts';
import { toLongForms } from '../canonical/long-forms.ts';
import { directoryOf, resolvePath } from '../files/paths.ts';
import { applyResets } from '../merge/apply-resets.ts';
import { enforceUnique } from '../merge/enforce-unique.ts';
import { mergeNodes } from '../merge/merge.ts';
import { entriesOf, entry, isNull, map, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { readDocument } from './load-model.ts';
import { isRemote } from './model-scope.ts';
import type { ModelScope } from './model-scope.ts';

/** Services of one file, as `extends` sees them. */
interface Base {
  readonly file: string;
  readonly services: ReadonlyMap<string, Node>;
  readonly resets: readonly Path[];
}

interface Reference {
  readonly service: string;
  readonly file: string | undefined;
  readonly at: Node;
}

/** Lays each service on the one it extends. Files named by `extends` are read once per scope. */
export class ExtendsResolver {
  readonly #scope: ModelScope;
  readonly #bases = new Map<string, Base | undefined>();

  constructor(scope: ModelScope) {
    this.#scope = scope;
  }

  apply(document: MapNode, file: string, resets: readonly Path[]): MapNode {
    const services = document.entries.get('services');
    if (services?.kind !== 'map') return document;
    const base: Base = { file, services: services.entries, resets };
    const extended = [...services.entries].map(([name]) => [name, this.#service(name, base, [])] as const);
    const present = extended.flatMap(([name, node]): [string, Node][] => (node ? [[name, node]] : []));
    return withEntry(document, 'services', { ...services, entries: new Map(present) });
  }

  #service(name: string, base: Base, trail: readonly string[]): Node | undefined {
    const service = base.services.get(name);
    if (service?.kind !== 'map') return service;
    const reference = this.#reference(name, service);
    if (!reference) return withEntry(service, 'extends', undefined);
    const step = `${name} (${base.file})`;
    if (trail.includes(step)) {
      const chain = [...trail.slice(trail.indexOf(step)), step].map((each) => each.replace(/ \(.*\)$/, ''));
      this.#scope.session.report.add('CPS0503', { chain }, ['services', name, 'extends'], reference.at.at);
      return withEntry(service, 'extends', undefined);
    }
    const from = reference.file === undefined ? base : this.#fromFile(reference.file, name, reference);
    if (!from) return withEntry(service, 'extends', undefined);
    if (!from.services.has(reference.service)) {
      this.#notFound(name, reference, from.file);
      return withEntry(service, 'extends', undefined);
    }
    const source = this.#service(reference.service, from, [...trail, step]);
    const own = withEntry(service, 'extends', undefined);
    return !source || isNull(source) ? own : this.#laid(name, source, own, base.resets);
  }

  #laid(name: string, source: Node, own: MapNode, resets: readonly Path[]): Node {
    const services = applyResets(map([['services', map([[name, source]], source.at)]], source.at), resets);
    const kept = entry(entry(services, 'services'), name) ?? map([], source.at);
    return { ...mergeNodes(kept, own, this.#scope.session.report, ['services', name]), at: own.at };
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
      const merged = mergeNodes(applyResets(model, document.resets), read, session.report);
      const long = enforceUnique(merged);
      model = long.kind === 'map' ? toLongForms(long, session.report) : model;
    }
    const context = { directory: directoryOf(file), home: environment.values['HOME'], report: session.report };
    const services = entriesOf(entry(resolvePaths(enforceUnique(model), context), 'services'));
    return { file, services, resets: documents.flatMap(({ resets }) => resets) };
  }
}

import { readEnvFiles } from '../dotenv/read-env-files.ts';
import type { Asked } from '../files/guarded-files.ts';
import { directoryOf, joinPath, resolvePath } from '../files/paths.ts';
import { applyResetsAt, resetTree } from '../merge/apply-resets.ts';
import type { Resets } from '../merge/apply-resets.ts';
import { mergeNodes } from '../merge/merge.ts';
import { entriesOf, entry, fingerprint, itemsOf, map, textOf, treeWeight, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { isRemote } from './model-scope.ts';
import type { Environment, LoadSession, ModelScope } from './model-scope.ts';

const IMPORTED = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;
type Kind = (typeof IMPORTED)[number];

/** Reads the files of one scope. */
type Load = (scope: ModelScope) => MapNode;

/** Loads each included project with its own directory and variables, and lays this document over it. */
export function applyIncludes(
  document: MapNode,
  resets: readonly Path[],
  file: string,
  scope: ModelScope,
  load: Load,
): MapNode {
  const include = document.entries.get('include');
  if (include?.kind !== 'seq') return document;
  const own = withEntry(document, 'include', undefined);
  const importing = new Importing(own, resetTree(resets), scope.session);
  include.items.forEach((item, index) => {
    const imported = loadIncluded(item, { path: ['include', String(index)], at: item.at }, file, scope, load);
    if (imported) importing.add(imported);
  });
  return importing.model();
}

/** One text, or each text of a list. */
function textsOf(node: Node | undefined): readonly string[] {
  const text = textOf(node);
  return text === undefined ? itemsOf(node).flatMap((item) => textOf(item) ?? []) : [text];
}

function loadIncluded(item: Node, asked: Asked, file: string, scope: ModelScope, load: Load): MapNode | undefined {
  const { session } = scope;
  const references = textsOf(textOf(item) === undefined ? entry(item, 'path') : item);
  const remote = references.find(isRemote);
  if (remote !== undefined) {
    session.report.add('CPS0012', { reference: remote }, asked.path, asked.at);
    return undefined;
  }
  const files = references.map((reference) => resolvePath(scope.directory, reference));
  const [main] = files;
  if (main === undefined) return undefined;
  const including = [...scope.including, file];
  if (including.includes(main)) {
    const chain = [...including.slice(including.indexOf(main)), main];
    session.report.add('CPS0506', { chain }, asked.path, asked.at);
    return undefined;
  }
  if (!session.countInclude(including.length, asked)) return undefined;
  const written = textOf(entry(item, 'project_directory'));
  const directory = written ? resolvePath(scope.directory, written) : directoryOf(main);
  const environment = includedEnvironment(entry(item, 'env_file'), directory, asked, scope);
  return session.included(files, directory, environment, () =>
    load({ session, files, directory, environment, including, asked }),
  );
}

/** The outer variables win over those of the included project's env files. */
function includedEnvironment(
  written: Node | undefined,
  directory: string,
  asked: Asked,
  scope: ModelScope,
): Environment {
  const { session, environment } = scope;
  const { files, report, work } = session;
  const named = textsOf(written);
  const standard = joinPath(directory, '.env');
  const paths =
    named.length > 0
      ? named.filter((name) => name !== '/dev/null').map((name) => resolvePath(scope.directory, name))
      : files.isFile(standard)
        ? [standard]
        : [];
  // Each that is not there is reported for each that asks for it.
  const present = paths.filter((path) => files.read(path, 'env', asked) !== undefined);
  if (present.length === 0) return environment;
  return session.environmentWithin(environment, present, () =>
    readEnvFiles(present, environment.values, files, report, work, asked),
  );
}

/** A document with what it includes; each kind of entry is put together once, however many includes there are. */
class Importing {
  readonly #document: MapNode;
  readonly #resets: Resets;
  readonly #session: LoadSession;
  readonly #kinds = new Map<Kind, { readonly at: Node['at']; readonly entries: Map<string, Node> }>();

  constructor(document: MapNode, resets: Resets, session: LoadSession) {
    this.#document = document;
    this.#resets = resets;
    this.#session = session;
  }

  add(imported: MapNode): void {
    for (const kind of IMPORTED) {
      const from = imported.entries.get(kind);
      if (from?.kind === 'map') this.#addKind(kind, from);
    }
  }

  model(): MapNode {
    return [...this.#kinds].reduce(
      (model, [kind, { at, entries }]) => withEntry(model, kind, map(entries, at)),
      this.#document,
    );
  }

  #addKind(kind: Kind, from: MapNode): void {
    const own = this.#document.entries.get(kind);
    const known = this.#kinds.get(kind) ?? { at: own?.at ?? from.at, entries: new Map(entriesOf(own)) };
    this.#kinds.set(kind, known);
    this.#session.work.visit(from.entries.size, from.at);
    for (const [name, theirs] of from.entries) {
      const ours = known.entries.get(name);
      known.entries.set(name, ours && ours !== theirs ? this.#laid(kind, name, ours, theirs) : theirs);
    }
  }

  #laid(kind: Kind, name: string, ours: Node, theirs: Node): Node {
    const { report, work } = this.#session;
    work.visit(treeWeight(ours) + treeWeight(theirs), ours.at);
    if (fingerprint(ours) === fingerprint(theirs)) return ours;
    const path = [kind, name];
    report.add('CPS0507', { kind: kind.slice(0, -1), name }, path, ours.at);
    const kept = applyResetsAt(theirs, path, this.#resets);
    return kept ? mergeNodes(kept, ours, report, path) : ours;
  }
}

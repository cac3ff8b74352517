import { readEnvFiles } from '../dotenv/read-env-files.ts';
import type { Asked } from '../files/guarded-files.ts';
import { directoryOf, joinPath, resolvePath } from '../files/paths.ts';
import { applyResets } from '../merge/apply-resets.ts';
import { mergeNodes } from '../merge/merge.ts';
import { entriesOf, entry, fingerprint, itemsOf, map, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { loadModel } from './load-model.ts';
import { isRemote } from './model-scope.ts';
import type { Environment, ModelScope } from './model-scope.ts';

const IMPORTED = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;

/** Loads each included project with its own directory and variables, and lays this document over it. */
export function applyIncludes(document: MapNode, resets: readonly Path[], file: string, scope: ModelScope): MapNode {
  const include = document.entries.get('include');
  if (include?.kind !== 'seq') return document;
  let model = withEntry(document, 'include', undefined);
  include.items.forEach((item, index) => {
    const imported = loadIncluded(item, { path: ['include', String(index)], at: item.at }, file, scope);
    if (imported) model = importAll(imported, model, resets, scope);
  });
  return model;
}

/** One text, or each text of a list. */
function textsOf(node: Node | undefined): readonly string[] {
  const text = textOf(node);
  return text === undefined ? itemsOf(node).flatMap((item) => textOf(item) ?? []) : [text];
}

function loadIncluded(item: Node, asked: Asked, file: string, scope: ModelScope): MapNode | undefined {
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
  const written = textOf(entry(item, 'project_directory'));
  const directory = written ? resolvePath(scope.directory, written) : directoryOf(main);
  const environment = includedEnvironment(entry(item, 'env_file'), directory, asked, scope);
  const key = JSON.stringify([files, directory, environment.key]);
  const cached = session.includeCache.get(key);
  if (cached) return cached;
  if (!session.countInclude(asked)) return undefined;
  const model = loadModel({ session, files, directory, environment, including, asked });
  session.includeCache.set(key, model);
  return model;
}

/** The outer variables win over those of the included project's env files. */
function includedEnvironment(
  written: Node | undefined,
  directory: string,
  asked: Asked,
  scope: ModelScope,
): Environment {
  const { session, environment } = scope;
  const named = textsOf(written);
  const standard = joinPath(directory, '.env');
  const files =
    named.length > 0
      ? named.filter((name) => name !== '/dev/null').map((name) => resolvePath(scope.directory, name))
      : session.files.isFile(standard)
        ? [standard]
        : [];
  if (files.length === 0) return environment;
  const added = readEnvFiles(files, environment.values, session.files, session.report, asked);
  return {
    values: { ...added, ...environment.values },
    key: JSON.stringify([environment.key, added]),
  };
}

function importAll(imported: MapNode, document: MapNode, resets: readonly Path[], scope: ModelScope): MapNode {
  return IMPORTED.reduce((model, kind) => importKind(kind, imported, model, resets, scope), document);
}

function importKind(
  kind: (typeof IMPORTED)[number],
  imported: MapNode,
  document: MapNode,
  resets: readonly Path[],
  { session }: ModelScope,
): MapNode {
  const from = imported.entries.get(kind);
  if (from?.kind !== 'map') return document;
  const own = document.entries.get(kind);
  const entries = new Map(entriesOf(own));
  for (const [name, theirs] of from.entries) {
    const ours = entries.get(name);
    if (!ours) entries.set(name, theirs);
    else if (fingerprint(ours) !== fingerprint(theirs)) {
      session.report.add('CPS0507', { kind: kind.slice(0, -1), name }, [kind, name], ours.at);
      const reset = entry(
        entry(applyResets(map([[kind, map([[name, theirs]], theirs.at)]], theirs.at), resets), kind),
        name,
      );
      entries.set(name, reset ? mergeNodes(reset, ours, session.report, [kind, name]) : ours);
    }
  }
  return withEntry(document, kind, map(entries, own?.at ?? from.at));
}

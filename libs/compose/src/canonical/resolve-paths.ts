import type { Report } from '../diagnostics/report.ts';
import { expandHome, isAbsolute, isWindowsAbsolute, joinPath } from '../files/paths.ts';
import { entry, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import { below, pathRules } from '../tree/path-rules.ts';
import { rewriteTree } from '../tree/rewrite.ts';
import type { Rewrite } from '../tree/rewrite.ts';

export interface PathContext {
  readonly directory: string;
  /** HOME of the project environment, for `~`. */
  readonly home: string | undefined;
  readonly report: Report;
}

type Resolve = Rewrite<PathContext>;

/** Makes the relative paths of a project absolute, starting at its directory. */
export function resolvePaths(root: Node, context: PathContext): Node {
  return rewriteTree(root, pathRulesTable, context) ?? root;
}

function withText(node: Node, text: string): Node {
  return node.kind === 'scalar' && node.value !== text ? { ...node, value: text } : node;
}

const localPath: Resolve = (node, _path, { directory, home }) => {
  const text = textOf(node);
  if (text === undefined || text === '') return node;
  const expanded = expandHome(text, home);
  return withText(node, isAbsolute(expanded) ? expanded : joinPath(directory, expanded));
};

/** A path of the host, which may be one of Windows. */
const hostPath: Resolve = (node, _path, { directory, home }) => {
  const text = textOf(node);
  if (text === undefined) return node;
  const expanded = expandHome(text, home);
  const absolute = isAbsolute(expanded) || isWindowsAbsolute(expanded);
  return withText(node, absolute ? expanded : joinPath(directory, expanded));
};

const REMOTE = /^(?:service:|https:\/\/|http:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)|:\/\//;

const buildContext: Resolve = (node, path, context) =>
  REMOTE.test(textOf(node) ?? '') ? node : localPath(node, path, context);

const volumeMount: Resolve = (node, path, context) => {
  if (node.kind !== 'map' || textOf(entry(node, 'type')) !== 'bind') return node;
  const source = node.entries.get('source');
  if (source) return withEntry(node, 'source', hostPath(source, path, context));
  context.report.add('CPS0613', {}, path, node.at);
  return node;
};

/** A volume of the local driver that binds a directory. */
const boundVolume: Resolve = (node, path, context) => {
  const options = entry(node, 'driver_opts');
  if (node.kind !== 'map' || options?.kind !== 'map' || textOf(entry(node, 'driver')) !== 'local') return node;
  const device = options.entries.get('device');
  if (!device || textOf(options.entries.get('o')) !== 'bind') return node;
  return withEntry(node, 'driver_opts', withEntry(options, 'device', hostPath(device, path, context)));
};

const CONTAINER: readonly (readonly [string, Resolve])[] = [
  ['env_file.*.path', localPath],
  ['label_file.*', localPath],
  ['volumes.*', volumeMount],
];

const pathRulesTable = pathRules<Resolve>([
  ...below(['services.*', 'services.*.pre_start.*'], CONTAINER),
  ...below<Resolve>(
    ['services.*'],
    [
      ['build.context', buildContext],
      ['build.additional_contexts.*', buildContext],
      ['build.ssh.*', hostPath],
      ['extends.file', localPath],
      ['develop.watch.*.path', localPath],
    ],
  ),
  ['configs.*.file', hostPath],
  ['secrets.*.file', hostPath],
  ['volumes.*', boundVolume],
]);

/** The mapping itself, for callers that hold one. */
export function resolveMappingPaths(root: MapNode, context: PathContext): MapNode {
  const result = resolvePaths(root, context);
  return result.kind === 'map' ? result : root;
}

import type { Report } from '../diagnostics/report.ts';
import { formatValue } from '../merge/format-value.ts';
import { nothing, startedDependency } from '../merge/merge.ts';
import { fingerprint, isNull, map, scalar, seq, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode } from '../tree/node.ts';
import { below, pathRules } from '../tree/path-rules.ts';
import { rewriteTree } from '../tree/rewrite.ts';
import type { Path, Rewrite } from '../tree/rewrite.ts';
import { cleanPath } from '../files/paths.ts';
import { parsePort } from './parse-port.ts';
import { parseVolume } from './parse-volume.ts';
import type { ShortVolume } from './parse-volume.ts';

/** More published ports than this are never meant: each range makes one entry for every port. */
const PORTS_MAX = 100_000;

interface LongFormContext {
  readonly report: Report;
  /** A text with variables that has no long form as it stands is left as it is. */
  readonly keepsTemplates: boolean;
  portsLeft: number;
}

type ToLong = Rewrite<LongFormContext>;

/** Expands every short form; long forms pass unchanged, so it can be applied again after a merge. */
export function toLongForms(root: MapNode, report: Report, keepsTemplates = false): MapNode {
  const result = rewriteTree(root, longForms, { report, keepsTemplates, portsLeft: PORTS_MAX });
  return result?.kind === 'map' ? result : root;
}

const listOfOne: ToLong = (node) => (textOf(node) === undefined ? node : seq([node], node.at));

const namesToMapping: ToLong = (node) => {
  if (node.kind !== 'seq') return node;
  return map(
    node.items.flatMap((item) => (textOf(item) === undefined ? [] : [[String(textOf(item)), nothing(item)] as const])),
    node.at,
  );
};

const sourceOnly: ToLong = (node) => (textOf(node) === undefined ? node : map([['source', node]], node.at));

const dependencies: ToLong = (node) => {
  const entries =
    node.kind === 'seq'
      ? node.items.flatMap((item): [string, Node][] => {
          const name = textOf(item);
          return name === undefined ? [] : [[name, startedDependency(item)]];
        })
      : node.kind === 'map'
        ? [...node.entries].map(([name, value]): [string, Node] => [name, withStartDefaults(value)])
        : [];
  return node.kind === 'map' ? { ...node, entries: new Map(entries) } : map(entries, node.at);
};

function withStartDefaults(node: Node): Node {
  if (node.kind !== 'map') return node;
  const defaults = startedDependency(node);
  return defaults.kind === 'map' ? { ...node, entries: new Map([...defaults.entries, ...node.entries]) } : node;
}

const envFiles: ToLong = (node) => {
  if (node.kind === 'seq') return seq(node.items.map(envFile), node.at);
  return textOf(node) === undefined ? node : seq([envFile(node)], node.at);
};

function envFile(node: Node): Node {
  const required = ['required', scalar(true, node.at)] as const;
  if (node.kind === 'scalar') return map([['path', node], required], node.at);
  if (node.kind === 'map' && !node.entries.has('required')) return withEntry(node, ...required);
  return node;
}

const build: ToLong = (node) => (textOf(node) === undefined ? node : map([['context', node]], node.at));

const textOfAny: ToLong = (node) =>
  node.kind === 'scalar' && typeof node.value !== 'string' ? scalar(formatValue(node), node.at) : node;

const gpus: ToLong = (node) =>
  textOf(node) === undefined ? node : seq([map([['count', scalar('all', node.at)]], node.at)], node.at);

const assignments: ToLong = (node, path, context) => {
  if (node.kind !== 'seq') return node;
  const entries: [string, Node][] = [];
  node.items.forEach((item, index) => {
    const text = textOf(item) ?? '';
    const equals = text.indexOf('=');
    if (equals < 0) context.report.add('CPS0610', { text }, [...path, index], item.at);
    else entries.push([text.slice(0, equals), scalar(text.slice(equals + 1), item.at)]);
  });
  return map(entries, node.at);
};

const sshKeys: ToLong = (node, path, context) => {
  if (node.kind !== 'seq') return node;
  const entries: [string, Node][] = [];
  node.items.forEach((item, index) => {
    const [id = '', ...rest] = (textOf(item) ?? '').split('=');
    if (rest.length > 0) entries.push([id, scalar(rest.join('='), item.at)]);
    else if (id === 'default') entries.push([id, nothing(item)]);
    else context.report.add('CPS0610', { text: id }, [...path, index], item.at);
  });
  return map(entries, node.at);
};

const device: ToLong = (node, path, context) => {
  const text = textOf(node);
  if (text === undefined) return node;
  const [source = '', target, permissions = 'rwm', ...more] = text.split(':');
  if (more.length > 0) {
    if (context.keepsTemplates && text.includes('$')) return node;
    context.report.addFinal('CPS0603', { device: text }, path, node.at);
    return undefined;
  }
  return map(
    [
      ['source', scalar(source, node.at)],
      ['target', scalar(target || source, node.at)],
      ['permissions', scalar(permissions, node.at)],
    ],
    node.at,
  );
};

const volume: ToLong = (node, path, context) => {
  const text = textOf(node);
  if (text === undefined) return node;
  const parsed = parseVolume(text);
  if ('problem' in parsed) {
    if (context.keepsTemplates && text.includes('$')) return node;
    context.report.addFinal('CPS0602', { volume: text, problem: parsed.problem }, path, node.at);
    return undefined;
  }
  return longVolume(parsed, node);
};

function longVolume(short: ShortVolume, { at }: Node): MapNode {
  const entries: [string, Node][] = [['type', scalar(short.type, at)]];
  if (short.source) entries.push(['source', scalar(short.source, at)]);
  entries.push(['target', scalar(cleanPath(short.target), at)]);
  if (short.readOnly) entries.push(['read_only', scalar(true, at)]);
  const bind: [string, Node][] = [];
  if (short.selinux) bind.push(['selinux', scalar(short.selinux, at)]);
  if (short.propagation) bind.push(['propagation', scalar(short.propagation, at)]);
  if (short.type === 'bind') bind.push(['create_host_path', scalar(true, at)]);
  if (bind.length > 0) entries.push(['bind', map(bind, at)]);
  const nocopy: [string, Node][] = short.nocopy ? [['nocopy', scalar(true, at)]] : [];
  if (nocopy.length > 0 || (short.type === 'volume' && short.expanded)) entries.push(['volume', map(nocopy, at)]);
  return map(entries, at);
}

const ports: ToLong = (node, path, context) => {
  if (node.kind !== 'seq') return node;
  let same = true;
  const items = node.items.flatMap((item, index) => {
    if (item.kind !== 'scalar') return [item];
    same = false;
    return longPorts(item, [...path, String(index)], context);
  });
  return same ? node : seq(items, node.at);
};

function longPorts(node: ScalarNode, path: Path, context: LongFormContext): readonly Node[] {
  if (context.portsLeft <= 0) return [];
  const text = formatValue(node);
  const parsed = parsePort(text);
  if ('problem' in parsed) {
    if (context.keepsTemplates && text.includes('$')) return [node];
    context.report.addFinal('CPS0601', { port: text, problem: parsed.problem }, path, node.at);
    return [];
  }
  const { length } = parsed;
  if (length > context.portsLeft) {
    context.portsLeft = 0;
    context.report.addFinal(
      'CPS0601',
      { port: text, problem: `the project has more than ${PORTS_MAX} ports` },
      path,
      node.at,
    );
    return [];
  }
  context.portsLeft -= length;
  return parsed.map(({ hostIp, target, published, protocol }) => {
    const entries: [string, Node][] = [['mode', scalar('ingress', node.at)]];
    if (hostIp) entries.push(['host_ip', scalar(hostIp, node.at)]);
    entries.push(['target', scalar(target, node.at)]);
    if (published) entries.push(['published', scalar(published, node.at)]);
    entries.push(['protocol', scalar(protocol, node.at)]);
    return map(entries, node.at);
  });
}

const external: ToLong = (node, path, context) => {
  if (node.kind !== 'map') return node;
  const written = node.entries.get('external');
  if (written?.kind !== 'map') return node;
  const [kind = '', name = ''] = [path[0]?.replace(/s$/, ''), path[1]];
  const [outer, inner] = [node.entries.get('name'), written.entries.get('name')];
  const result = withEntry(node, 'external', scalar(true, written.at));
  if (!inner) return result;
  context.report.add('CPS0912', { kind, name }, path, inner.at);
  if (outer && fingerprint(outer) !== fingerprint(inner)) context.report.add('CPS0816', { kind, name }, path, outer.at);
  return outer ? result : withEntry(result, 'name', inner);
};

const dropEmptyItems: ToLong = (node) => {
  if (node.kind !== 'seq') return node;
  const items = node.items.filter((item) => !isNull(item) && textOf(item) !== '');
  return items.length === node.items.length ? node : seq(items, node.at);
};

const dns: ToLong = (node, path, context) => {
  const list = listOfOne(node, path, context);
  return list && dropEmptyItems(list, path, context);
};

const CONTAINER: readonly (readonly [string, ToLong])[] = [
  ['env_file', envFiles],
  ['label_file', listOfOne],
  ['gpus', gpus],
  ['networks', namesToMapping],
  ['models', namesToMapping],
  ['volumes.*', volume],
  ['dns', dns],
  ['devices.*', device],
  ['secrets.*', sourceOnly],
  ['configs.*', sourceOnly],
];

const SERVICE: readonly (readonly [string, ToLong])[] = [
  ['build', build],
  ['build.secrets.*', sourceOnly],
  ['build.provenance', textOfAny],
  ['build.sbom', textOfAny],
  ['build.additional_contexts', assignments],
  ['build.ssh', sshKeys],
  ['depends_on', dependencies],
  ['ports', ports],
  ['develop.watch.*.ignore', listOfOne],
  ['develop.watch.*.include', listOfOne],
];

const longForms = pathRules<ToLong>([
  ...below(['services.*', 'services.*.pre_start.*'], CONTAINER),
  ...below(['services.*'], SERVICE),
  ['volumes.*', external],
  ['networks.*', external],
  ['secrets.*', external],
  ['configs.*', external],
]);

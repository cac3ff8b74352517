import type { Report } from '../diagnostics/report.ts';
import { formatValue } from '../merge/format-value.ts';
import { map, scalar, seq, textOf } from '../tree/node.ts';
import type { Node, ScalarNode } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';

type Value = (text: string | null, node: Node) => Node;

const emptyWhenMissing: Value = (text, { at }) => scalar(text ?? '', at);
const nullWhenMissing: Value = (text, { at }) => scalar(text, at);

/** A mapping, or a list of `KEY=value`, as a mapping of texts. */
function assignments(value: Value, check?: (name: string, node: Node, path: Path, report: Report) => void): Decode {
  return (node, path, report) => {
    const entries = new Map<string, Node>();
    if (node.kind === 'map') {
      for (const [key, item] of node.entries) entries.set(key, fromScalar(item, value));
    } else if (node.kind === 'seq') {
      node.items.forEach((item, index) => {
        if (item.kind !== 'scalar') return;
        const [name, assigned] = splitAssignment(item);
        check?.(name, item, [...path, String(index)], report);
        entries.set(
          name,
          assigned === undefined ? value(null, item) : withTemplate(value(assigned.text, item), assigned.template),
        );
      });
    }
    return entries.size > 0 ? map(entries, node.at) : undefined;
  };
}

function fromScalar(node: Node, value: Value): Node {
  if (node.kind !== 'scalar') return value(null, node);
  const made = value(node.value === null ? null : formatValue(node), node);
  return withTemplate(made, node.template);
}

function withTemplate(node: Node, template: string | undefined): Node {
  return node.kind === 'scalar' && template !== undefined ? { ...node, template } : node;
}

/** Name and value of `KEY=value`; the template is divided at the same place. */
function splitAssignment(node: ScalarNode): [name: string, assigned: { text: string; template?: string } | undefined] {
  const written = formatValue(node);
  const equals = written.indexOf('=');
  if (equals < 0) return [written, undefined];
  const text = written.slice(equals + 1);
  const at = node.template?.indexOf('=') ?? -1;
  const nameIsPlain = at >= 0 && !node.template?.slice(0, at).includes('${');
  const template = nameIsPlain ? node.template?.slice(at + 1) : undefined;
  return [written.slice(0, equals), template === undefined ? { text } : { text, template }];
}

const environment = assignments(nullWhenMissing, (name, node, path, report) => {
  if (/\s$/.test(name)) report.add('CPS0612', { name }, path, node.at);
});

const multiOptions: Decode = (node) => {
  if (node.kind !== 'map' || node.entries.size === 0) return undefined;
  const entries = [...node.entries].map(([key, value]): [string, Node] => {
    const items = value.kind === 'seq' ? value.items : [value];
    return [
      key,
      seq(
        items.map((item) => fromScalar(item, emptyWhenMissing)),
        value.at,
      ),
    ];
  });
  return map(entries, node.at);
};

const ssh: Decode = (node) => {
  if (node.kind !== 'map' || node.entries.size === 0) return undefined;
  const keys = [...node.entries].map(([id, path]) => {
    const text = path.kind === 'scalar' && path.value !== null ? formatValue(path) : '';
    return scalar(text === '' ? id : `${id}=${text}`, path.at);
  });
  return seq(keys, node.at);
};

/** `host=address`, sorted; square brackets around an address are dropped. */
const hosts: Decode = (node, path, report) => {
  const pairs = node.kind === 'map' ? mappedHosts(node.entries) : node.kind === 'seq' ? listedHosts(node.items) : [];
  const items: ScalarNode[] = [];
  for (const { host, address, from } of pairs) {
    if (host === '' || /[:=]/.test(host) || address === undefined) {
      report.addFinal('CPS0604', { host: address === undefined ? host : `${host}=${address}` }, path, from.at);
    } else items.push(scalar(`${host}=${address.replace(/^\[(.+)\]$/, '$1')}`, from.at));
  }
  items.sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
  return items.length > 0 ? seq(items, node.at) : undefined;
};

interface Host {
  readonly host: string;
  readonly address: string | undefined;
  readonly from: Node;
}

function mappedHosts(entries: ReadonlyMap<string, Node>): readonly Host[] {
  return [...entries].flatMap(([host, value]) => {
    const items = value.kind === 'seq' ? value.items : [value];
    return items.map((from) => ({ host, address: from.kind === 'scalar' ? formatValue(from) : undefined, from }));
  });
}

function listedHosts(items: readonly Node[]): readonly Host[] {
  return items.flatMap((from): readonly Host[] => {
    const written = textOf(from) ?? '';
    const separator = written.includes('=') ? '=' : ':';
    const at = written.indexOf(separator);
    if (at < 0) return [{ host: written, address: undefined, from }];
    const host = written.slice(0, at);
    return written
      .slice(at + 1)
      .split(',')
      .map((address) => ({ host, address, from }));
  });
}

export const decodeCollection = {
  environment,
  labels: assignments(emptyWhenMissing),
  mapping: assignments(emptyWhenMissing),
  options: assignments(emptyWhenMissing),
  multiOptions,
  ssh,
  hosts,
};
export type Decode = (node: Node, path: Path, report: Report) => Node | undefined;

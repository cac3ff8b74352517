import type { Report } from '../diagnostics/report.ts';
import { isIpAddress } from '../canonical/parse-port.ts';
import { entry, textOf } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';
import { pathRules } from '../tree/path-rules.ts';
import type { PathRules } from '../tree/path-rules.ts';
import type { Path } from '../tree/rewrite.ts';

type Check = (node: Node, path: Path, report: Report) => void;

/** Rules about single values of a model in long form, before it is named and joined with what it implies. */
export function checkValues(root: Node, report: Report): void {
  visit(root, checks, [], report);
}

function visit(node: Node, rules: PathRules<Check>, path: Path, report: Report): void {
  rules.rule?.(node, path, report);
  if (node.kind === 'scalar') return;
  const children: Iterable<readonly [string, Node]> =
    node.kind === 'map' ? node.entries : node.items.map((item, index) => [String(index), item] as const);
  for (const [key, child] of children) {
    const next = rules.down(key);
    if (next) visit(child, next, [...path, key], report);
  }
}

const externalVolume: Check = (node, path, report) => {
  const external = entry(node, 'external');
  if (node.kind !== 'map' || external?.kind !== 'scalar' || external.value !== true) return;
  for (const [key, value] of node.entries) {
    if (key === 'name' || key === 'external' || key.startsWith('x-')) continue;
    const at = node.keysAt?.get(key) ?? value.at;
    report.add('CPS0813', { kind: 'volume', name: path.at(-1) ?? '', key }, [...path, key], at);
  }
};

function oneSource(kind: string, keys: readonly string[]): Check {
  return (node, path, report) => {
    if (node.kind !== 'map') return;
    const present = keys.filter((key) => node.entries.has(key));
    const name = path.at(-1) ?? '';
    if (present.length > 1) report.add('CPS0811', { kind, name, keys: present }, path, node.at);
    const exempt = node.entries.has('driver') || node.entries.has('external');
    if (present.length === 0 && !exempt) report.add('CPS0812', { kind, name, keys }, path, node.at);
  };
}

const port: Check = (node, path, report) => {
  mountTarget('port')(node, path, report);
  const host = entry(node, 'host_ip');
  const address = textOf(host);
  if (host && address !== undefined && !isIpAddress(address)) {
    report.add('CPS0611', { address }, [...path, 'host_ip'], host.at);
  }
};

const watchPath: Check = (node, path, report) => {
  if (textOf(node) === '') report.add('CPS0817', {}, path, node.at);
};

const deviceRequest: Check = (node, path, report) => {
  if (entry(node, 'count') && entry(node, 'device_ids')) report.add('CPS0815', {}, path, node.at);
};

function mountTarget(what: string): Check {
  return (node, path, report) => {
    if (node.kind === 'map' && !node.entries.has('target')) report.add('CPS0608', { what }, path, node.at);
  };
}

const checks = pathRules<Check>([
  ['volumes.*', externalVolume],
  ['configs.*', oneSource('config', ['file', 'environment', 'content'])],
  ['secrets.*', oneSource('secret', ['file', 'environment'])],
  ['services.*.ports.*', port],
  ['services.*.volumes.*', mountTarget('volume')],
  ['services.*.devices.*', mountTarget('device')],
  ['services.*.develop.watch.*.path', watchPath],
  ['services.*.deploy.resources.reservations.devices.*', deviceRequest],
  ['services.*.gpus.*', deviceRequest],
]);

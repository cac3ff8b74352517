import { wantsAttention, type KeptTree, type NodeHealthData, type TreeNodeData } from '@ushadow/contracts';
import { ageText } from './fact-text.ts';
import { visibleText, type Style, type TextStyler } from './terminal-text.ts';

export interface TreeTextOptions {
  /** Also what is well and says nothing. */
  readonly all: boolean;
  readonly now: number;
  readonly styled: TextStyler;
}

const STYLES: Readonly<Partial<Record<NodeHealthData, Style>>> = {
  failed: 'red',
  absent: 'red',
  progressing: 'yellow',
  deleting: 'yellow',
  stopped: 'dim',
  completed: 'dim',
};

/** A tree with a line for each node, indented below what it belongs to. */
export function treeText(tree: KeptTree, options: TreeTextOptions): string {
  const lines: string[] = [];
  const write = (node: TreeNodeData, depth: number): void => {
    lines.push(`${'  '.repeat(depth)}${nodeLine(node, options)}`);
    for (const child of tree.children(node.id)) if (isShown(child, options)) write(child, depth + 1);
  };
  for (const node of tree.children(null)) write(node, 0);
  for (const { kind, message } of tree.unseen)
    lines.push(options.styled('yellow', visibleText(`${kind} cannot be seen: ${message}`)));
  return lines.map((line) => `${line}\n`).join('');
}

function isShown(node: TreeNodeData, { all }: TreeTextOptions): boolean {
  if (all || node.type !== 'container') return true;
  return wantsAttention(node) || node.restarts > 0 || node.last_exit !== null;
}

function nodeLine(node: TreeNodeData, { now, styled }: TreeTextOptions): string {
  const style = STYLES[node.health];
  const health = style === undefined ? node.health : styled(style, node.health);
  const facts = [...factsOf(node, now), ...(node.message === '' ? [] : [node.message])];
  const name = styled('bold', visibleText(node.name));
  return [`${titleOf(node)} ${name}`, health, ...facts.map((fact) => visibleText(fact).replaceAll('\n', ' '))].join(
    '  ',
  );
}

function titleOf(node: TreeNodeData): string {
  if (node.type === 'service') return 'service';
  return node.type === 'container' ? (node.role === 'main' ? 'container' : `${node.role} container`) : node.kind;
}

function factsOf(node: TreeNodeData, now: number): string[] {
  switch (node.type) {
    case 'service':
      return [`${String(node.pods_ready)}/${String(node.pods)} pods`, ...restarts(node.restarts)];
    case 'workload':
    case 'replica-set':
      return [`${String(node.pods_ready)}/${String(node.wanted ?? node.pods)} pods`, ...restarts(node.restarts)];
    case 'pod':
      return [
        `${String(node.containers_ready)}/${String(node.containers)}`,
        ...restarts(node.restarts),
        ...known(node.node, (on) => `on ${on}`),
        ...known(node.created_at, (at) => ageText(at, now)),
      ];
    case 'container':
      return containerFacts(node, now);
    case 'endpoint':
      return [
        node.service_type,
        ...node.ports.map(({ port, protocol }) => `${String(port)}/${protocol}`),
        `${String(node.endpoints_ready)}/${String(node.endpoints)} endpoints`,
        ...node.addresses,
      ];
    case 'route':
      return [...node.hosts, ...node.addresses.map((address) => `at ${address}`)];
    case 'claim':
      return [node.size ?? node.requested ?? '', node.storage_class ?? '', node.phase].filter((text) => text !== '');
    case 'autoscaler':
      return [`${node.scales}: ${String(node.current)} of ${String(node.least)} to ${String(node.most)}`];
  }
}

function restarts(count: number): string[] {
  return count === 0 ? [] : [count === 1 ? '1 restart' : `${String(count)} restarts`];
}

function exit(last: Extract<TreeNodeData, { type: 'container' }>['last_exit'], now: number): string[] {
  if (last === null) return [];
  const when = last.at === null ? '' : `, ${ageText(last.at, now)} ago`;
  return [`last exit ${String(last.code)}${last.signal === null ? '' : ` (${last.signal})`} ${last.reason}${when}`];
}

function containerFacts(node: Extract<TreeNodeData, { type: 'container' }>, now: number): string[] {
  return [
    node.image,
    ...known(node.digest, (digest) => digest.slice(0, 19)),
    ...restarts(node.restarts),
    ...exit(node.last_exit, now),
  ];
}

function known(value: string | null, text: (value: string) => string): string[] {
  return value === null ? [] : [text(value)];
}

import type { NodeHealthData, TreeNodeData } from '@ushadow/contracts';
import type { Entry } from '../tree/entry.ts';
import type { Surroundings } from './surroundings.ts';
import { podFields } from './surroundings.ts';

/** What is worst first. */
const ORDER: readonly NodeHealthData[] = [
  'failed',
  'absent',
  'progressing',
  'deleting',
  'stopped',
  'completed',
  'ready',
];

/** A service is as its worst part, those that it shares among them; one of which nothing is live is not there. */
export function serviceNode(entry: Entry, { nodeOf, shared }: Surroundings): TreeNodeData {
  const parts = [...entry.children, ...shared].flatMap((part) => nodeOf(part) ?? []);
  const worst = parts.reduce<TreeNodeData | undefined>(
    (found, part) => (isWorse(part, found) ? part : found),
    undefined,
  );
  return {
    type: 'service',
    id: entry.seen.id,
    parent: null,
    name: entry.seen.id.replace(/^service:/, ''),
    health: worst?.health ?? 'absent',
    message: worst === undefined ? 'nothing of it is live' : worst.message,
    ...podFields(entry, ...shared),
  };
}

function isWorse(part: TreeNodeData, found: TreeNodeData | undefined): boolean {
  if (found === undefined) return true;
  const [a, b] = [ORDER.indexOf(part.health), ORDER.indexOf(found.health)];
  return a < b || (a === b && part.id < found.id);
}

import { keepVisible, type Place } from '@ushadow/access';
import type { Access, Role } from '@ushadow/contracts';
import { clusterIn } from './cluster-in.ts';
import type { Subject } from './subject.ts';

interface Item {
  readonly namespace?: unknown;
  readonly project?: unknown;
}

/** Of an answer with a list in it, what somebody may see. */
export function visible(answer: unknown, { role, listed }: Access, subject: Subject): unknown {
  if (listed === undefined) return answer;
  if (listed === 'whole') return seen(answer as readonly Item[], role as Role, subject);
  const list = (answer as Readonly<Record<string, readonly Item[]>>)[listed] ?? [];
  return { ...(answer as object), [listed]: seen(list, role as Role, subject) };
}

function seen(items: readonly Item[], role: Role, { grants, limits }: Subject): readonly Item[] {
  const mine = keepVisible(items, grants, role, placeOf);
  return limits === null ? mine : keepVisible(mine, limits, role, placeOf);
}

function placeOf(item: Item): Place {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { cluster: clusterIn(item), namespace: text(item.namespace), project: text(item.project) };
}

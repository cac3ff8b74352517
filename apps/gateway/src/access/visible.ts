import { keepVisible, type Place } from '@ushadow/access';
import type { Access, Role, Scope } from '@ushadow/contracts';
import { clusterIn } from './cluster-in.ts';
import type { Subject } from './subject.ts';

interface Item {
  readonly namespace?: unknown;
  readonly project?: unknown;
}

/** Of an answer with a list in it, what somebody may see. */
export function visible(answer: unknown, { role, listed, each }: Access, subject: Subject): unknown {
  if (listed === undefined) return answer;
  const asked = { role: role as Role, scope: each ?? 'stack' };
  if (listed === 'whole') return seen(answer as readonly Item[], asked, subject);
  const list = (answer as Readonly<Record<string, readonly Item[]>>)[listed] ?? [];
  return { ...(answer as object), [listed]: seen(list, asked, subject) };
}

function seen(
  items: readonly Item[],
  { role, scope }: { readonly role: Role; readonly scope: Scope },
  { grants, limits }: Subject,
): readonly Item[] {
  const mine = keepVisible(items, grants, role, placeOf, scope);
  return limits === null ? mine : keepVisible(mine, limits, role, placeOf, scope);
}

function placeOf(item: Item): Place {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { cluster: clusterIn(item), namespace: text(item.namespace), project: text(item.project) };
}

import type { operations, RequestOf } from '@ushadow/contracts';

/** What is to be removed, as it is ticked. */
export interface Removal {
  /** Null: the whole stack. */
  readonly services: ReadonlySet<string> | null;
  readonly claims: ReadonlySet<string>;
  readonly withNamespace: boolean;
  /** The project's name, where data goes. */
  readonly typed: string;
}

export const wholeStack: Removal = { services: null, claims: new Set(), withNamespace: false, typed: '' };

/** Data goes that nothing brings back: the project's name has to be typed. */
export function losesData({ claims, withNamespace }: Removal): boolean {
  return claims.size > 0 || withNamespace;
}

export function isReady(removal: Removal, project: string): boolean {
  if (removal.services?.size === 0) return false;
  return !losesData(removal) || removal.typed === project;
}

export function toRemoveRequest(stackId: string, removal: Removal): RequestOf<typeof operations.removeStack> {
  const { services, claims, withNamespace } = removal;
  return {
    stack_id: stackId,
    ...(services === null ? {} : { services: [...services] }),
    ...(claims.size === 0 ? {} : { delete_claims: [...claims] }),
    ...(withNamespace && services === null ? { delete_namespace: true } : {}),
  };
}

export function toggled(set: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (isIn) next.add(name);
  else next.delete(name);
  return next;
}

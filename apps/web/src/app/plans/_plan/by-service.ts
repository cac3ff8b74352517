import type { PlanData } from '@ushadow/contracts';
import { changedFirst, type PlannedObject } from './planned-changes.ts';

export interface PlannedGroup {
  /** `web`, `shared by web and db`, or what belongs to none. */
  readonly title: string;
  readonly objects: readonly PlannedObject[];
}

/** What happens, service by service in the plan's order, then what several share, then what belongs to none; and what stays. */
export function byService({ objects, services }: Pick<PlanData, 'objects' | 'services'>): {
  readonly groups: readonly PlannedGroup[];
  readonly unchanged: readonly PlannedObject[];
} {
  const { changed, unchanged } = changedFirst(objects);
  const groups = Map.groupBy(changed, titleOf);
  const places = new Map(services.map((service, index) => [service, index]));
  const placeOf = (group: PlannedObject | undefined): number => {
    const [only, ...others] = group?.services ?? [];
    if (only === undefined) return Number.MAX_SAFE_INTEGER;
    return others.length > 0 ? services.length : (places.get(only) ?? services.length);
  };
  const sorted = [...groups].sort(([, a], [, b]) => placeOf(a[0]) - placeOf(b[0]));
  return { groups: sorted.map(([title, of]) => ({ title, objects: of })), unchanged };
}

function titleOf({ services, action }: PlannedObject): string {
  if (services.length === 0) return action === 'delete' ? 'Wanted by no service any more' : 'Of no service alone';
  const [only = '', ...others] = services;
  return others.length === 0 ? only : `Shared by ${services.join(', ')}`;
}

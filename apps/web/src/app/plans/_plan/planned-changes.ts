import type { PlanData } from '@ushadow/contracts';

export type PlannedObject = PlanData['objects'][number];
export type PlannedAction = PlannedObject['action'];

/** What takes something away comes first. */
const order: readonly PlannedAction[] = ['delete', 'recreate', 'update', 'create'];

/** The objects that something happens to, the gravest first, else as the plan has them; and those that stay as they are. */
export function changedFirst(objects: readonly PlannedObject[]): {
  readonly changed: readonly PlannedObject[];
  readonly unchanged: readonly PlannedObject[];
} {
  return {
    changed: order.flatMap((action) => objects.filter((object) => object.action === action)),
    unchanged: objects.filter(({ action }) => action === 'unchanged'),
  };
}

/** The counts in a sentence, for who hears them: `1 to create, 2 to update, 3 unchanged`. */
export function countsText({ unchanged, ...changes }: PlanData['counts']): string {
  const parts = Object.entries(changes).flatMap(([action, count]) =>
    count === 0 ? [] : [`${String(count)} to ${action}`],
  );
  return [...parts, ...(unchanged === 0 ? [] : [`${String(unchanged)} unchanged`])].join(', ');
}

import type { PlanData } from '@ushadow/contracts';

/** The counts in a sentence, for who hears them: `1 to create, 2 to update, 3 unchanged`. */
export function countsText({ unchanged, ...changes }: PlanData['counts']): string {
  const parts = Object.entries(changes).flatMap(([action, count]) =>
    count === 0 ? [] : [`${String(count)} to ${action}`],
  );
  return [...parts, ...(unchanged === 0 ? [] : [`${String(unchanged)} unchanged`])].join(', ');
}

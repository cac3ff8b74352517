import type { PlanData } from '@ushadow/contracts';
import { visibleText } from '../terminal/terminal-text.ts';

/** A one-shot that is made anew is how it runs again; nobody misses the old one. */
const ONE_SHOTS = /^(Job|Pod)\//;

/** What a plan deletes, for good or to make it anew, one a line. */
export function deletionsOf({ objects }: Pick<PlanData, 'objects'>): readonly string[] {
  return objects.flatMap(({ object, action }) => {
    if (action === 'delete') return [`  - ${visibleText(object)} is deleted`];
    if (action === 'recreate' && !ONE_SHOTS.test(object))
      return [`  ± ${visibleText(object)} is deleted and made anew`];
    return [];
  });
}

import { objectKey } from '@ushadow/kubernetes';
import type { DesiredState } from '../desired-state.ts';
import { objectKeys } from '../graph/apply-graph.ts';

/** For what was wanted earlier: it waits for no other deployment, and names no lines, which are of files as they were. */
export function standalone({ objects, dependencies }: DesiredState): DesiredState {
  const own = objectKeys(objects);
  return { objects, dependencies: dependencies.filter(({ on }) => own.has(objectKey(on))) };
}

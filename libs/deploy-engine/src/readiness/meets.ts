import type { DependencyCondition } from '../desired-state.ts';
import type { Readiness } from './readiness.ts';

/** Whether an object that exists is as far as somebody waits for it to be. */
export function meets({ state, started, complete }: Readiness, condition: DependencyCondition): boolean {
  if (condition === 'applied') return true;
  if (condition === 'started') return started === true || state === 'ready';
  return condition === 'ready' ? state === 'ready' : complete === true;
}

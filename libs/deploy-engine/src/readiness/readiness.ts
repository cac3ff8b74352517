import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import type { FailureCode } from '@ushadow/diagnose';
import type { ObjectState } from '../deploy-event.ts';
import type { DependencyCondition } from '../desired-state.ts';

/** How far an object is, from its own status. */
export interface Readiness {
  readonly state: ObjectState;
  readonly message: string;
  /** Why it failed. */
  readonly code?: FailureCode;
  /** All containers of one of its new pods have run; for dependencies that only wait for a start. */
  readonly started?: boolean;
  /** It has run to its end. */
  readonly complete?: boolean;
  /** What it waits for may never come: after this long it counts as ready. */
  readonly readyAfterMs?: number;
  /** It is not written yet, because of this object of another deployment. */
  readonly waitsFor?: ObjectId;
}

export type ReadinessRule = (object: KubeObject) => Readiness;

export const ready = (message: string): Readiness => ({ state: 'ready', message, started: true });
export const progressing = (message: string, started = false): Readiness => ({
  state: 'progressing',
  message,
  started,
});
export const failed = (code: FailureCode, message: string): Readiness => ({ state: 'failed', code, message });
/** Whether an object that exists is as far as somebody waits for it to be. */
export function meets({ state, started, complete }: Readiness, condition: DependencyCondition): boolean {
  if (condition === 'applied') return true;
  if (condition === 'started') return started === true || state === 'ready';
  return condition === 'ready' ? state === 'ready' : complete === true;
}

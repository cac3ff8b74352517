import type { ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError, isUnreachable } from '../api-failure.ts';
import { CancelSource } from '../cancel-source.ts';
import type { RunContext } from './run-context.ts';

/** How long a cluster may take to show that it still answers. */
const ANSWER_MS = 5_000;

/**
 * Asks for one object, before silence is taken for standstill: a connection may be dead for a while before anybody
 * notices. Undefined when the cluster answers, whatever it says of the object.
 */
export async function unreachableFor(
  id: ObjectId,
  { cluster, clock, signal }: RunContext,
): Promise<Failure | undefined> {
  const asking = new CancelSource(signal);
  const timer = clock.timer(ANSWER_MS);
  const answer = cluster.get(id, { signal: asking }).then(() => undefined, failureOf);
  const failure = await Promise.race([answer, timer.elapsed.then(unanswered)]);
  timer.cancel();
  asking.cancel();
  return failure !== undefined && isUnreachable(failure) ? failure : undefined;
}

function failureOf(error: unknown): Failure {
  if (error instanceof KubernetesApiError) return failureOfApiError(error);
  throw error;
}

function unanswered(): Failure {
  const message = 'the API server does not answer any more';
  return failureOfApiError(new KubernetesApiError({ httpStatus: 0, reason: 'DeadlineExceeded', message }));
}

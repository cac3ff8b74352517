import { formatObjectId } from '@ushadow/kubernetes';
import type { Evidence, Failure } from '@ushadow/diagnose';
import type { Assessor } from './assessor.ts';

/** Names the likeliest cause where there is one; else says which objects are not ready. */
export function deadlineFailure(
  code: 'OVERALL_DEADLINE' | 'STALL_DEADLINE',
  limitMs: number,
  assessor: Assessor,
): Failure {
  const limit = `${Math.round(limitMs / 1_000)} s`;
  const why = code === 'OVERALL_DEADLINE' ? `not ready after ${limit}` : `no progress for ${limit}`;
  const pending = assessor.pendingFailure();
  const unready = assessor.unready();
  const evidence: Evidence[] = unready.map(({ node, readiness }) => ({
    kind: 'field',
    path: formatObjectId(node.id),
    value: readiness.message,
  }));
  if (pending !== undefined) {
    return { ...pending, message: `${pending.message} (${why})`, evidence: [...pending.evidence, ...evidence] };
  }
  const held = unready.find(({ readiness }) => readiness.waitsFor !== undefined);
  if (held !== undefined) return dependencyFailure(held, why, evidence);
  const first = unready.find(({ readiness }) => readiness.state !== 'pending') ?? unready[0];
  const subject = first === undefined ? 'the deployment' : formatObjectId(first.node.id);
  const state = first === undefined ? '' : `: ${first.readiness.message}`;
  return {
    code,
    message: `${subject} is ${why.startsWith('not') ? why : `without progress for ${limit}`}${state}`,
    ...(first === undefined ? {} : { object: first.node.id }),
    remedy: 'look at the pods’ logs and events, or allow more time',
    evidence,
  };
}

/** Only what another deployment has brought keeps it from being written. */
function dependencyFailure(
  { node, readiness }: ReturnType<Assessor['unready']>[number],
  why: string,
  evidence: readonly Evidence[],
): Failure {
  const { waitsFor } = readiness;
  const what = waitsFor === undefined ? 'what it waits for' : formatObjectId(waitsFor);
  return {
    code: 'DEPENDENCY_FAILED',
    message: `${formatObjectId(node.id)} ${readiness.message} (${why})`,
    object: node.id,
    remedy: `put ${what} right, or allow more time`,
    evidence,
  };
}

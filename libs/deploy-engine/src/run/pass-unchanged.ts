import type { KubeObject } from '@ushadow/kubernetes';
import { formatObjectId } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { CANCELLED } from '../deploy-result.ts';
import type { GateResult } from './gate.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

/** A gate that lets nothing pass which would have to be written. */
export async function passUnchanged(objects: readonly KubeObject[], context: RunContext): Promise<GateResult> {
  const reading = await makePlan(objects, context.cluster, context.settings, readOptions(context));
  const { plan, unreachable } = reading;
  const closed = { open: false, causes: [], plan } as const;
  if (context.ending.aborted) return { ...closed, verdict: 'cancelled', failure: CANCELLED };
  if (unreachable !== undefined) return { ...closed, verdict: 'unknown', failure: failureOfApiError(unreachable) };
  const failure = plan.problems[0] ?? unapplied(plan);
  return failure === undefined ? { open: true, reading } : { ...closed, verdict: 'failed', failure };
}

function unapplied({ entries }: Plan): Failure | undefined {
  const open = entries.filter(({ action }) => action !== 'unchanged');
  const [first] = open;
  if (first === undefined) return undefined;
  const names = open.map(({ object }) => formatObjectId(object)).join(', ');
  return {
    code: 'NOT_APPLIED',
    message: `not everything had been applied when the cluster was lost from sight: ${names}`,
    object: first.object,
    remedy: 'deploy it again',
    evidence: open.map(({ object, action }) => ({ kind: 'field', path: formatObjectId(object), value: action })),
  };
}

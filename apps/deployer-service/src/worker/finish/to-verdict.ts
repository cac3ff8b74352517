import type { DeployResult } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import type { EndRequest, Verdict } from '../../deployments/deployment.ts';
import { cancelledVerdict, supersededVerdict } from '../../deployments/verdicts.ts';

/** The engine's result as the one verdict that is stored and shown. */
export function toVerdict(result: DeployResult, ending: EndRequest | null): Verdict {
  const { failure, rollback } = result;
  const base: Verdict =
    result.verdict === 'cancelled'
      ? endedEarly(ending)
      : {
          status: result.verdict,
          code: failure?.code ?? null,
          reason: failure?.message ?? null,
          object: failure?.object === undefined ? null : formatObjectId(failure.object),
          remedy: failure?.remedy ?? null,
          source: failure?.source ?? null,
        };
  if (rollback === undefined) return base;
  return { ...base, rollback: { status: rollback.verdict, reason: rollback.failure?.message ?? null } };
}

function endedEarly(ending: EndRequest | null): Verdict {
  if (ending?.request === 'supersede' && ending.by !== null) return supersededVerdict(ending.by);
  return cancelledVerdict(ending?.actor ?? 'Somebody');
}

/** A verdict of the worker itself, where the engine had no say. */
export function endedVerdict(status: 'failed' | 'unknown', code: string, reason: string): Verdict {
  return { status, code, reason, object: null, remedy: null };
}

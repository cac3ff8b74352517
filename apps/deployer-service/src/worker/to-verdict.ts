import type { DeployResult } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import type { Verdict } from '../deployments/deployment.ts';

/** The engine's result as the one verdict that is stored and shown. */
export function toVerdict(result: DeployResult): Verdict {
  const { failure } = result;
  return {
    status: result.verdict,
    code: failure?.code ?? null,
    reason: failure?.message ?? null,
    object: failure?.object === undefined ? null : formatObjectId(failure.object),
    remedy: failure?.remedy ?? null,
    source: failure?.source ?? null,
    ...(result.rollback === undefined
      ? {}
      : { rollback: { status: result.rollback.verdict, reason: result.rollback.failure?.message ?? null } }),
  };
}

/** A verdict of the worker itself, where the engine had no say. */
export function failedVerdict(code: string, reason: string): Verdict {
  return { status: 'failed', code, reason, object: null, remedy: null };
}

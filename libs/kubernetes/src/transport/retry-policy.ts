import { classifyError } from '../errors/error-class.ts';
import type { ErrorClass } from '../errors/error-class.ts';
import type { KubernetesApiError } from '../errors/kubernetes-api-error.ts';

export interface RetryBudget {
  /** All waiting of one call together. */
  readonly totalWaitMs: number;
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
}

export const DEFAULT_RETRY_BUDGET: RetryBudget = { totalWaitMs: 60_000, firstWaitMs: 100, maxWaitMs: 10_000 };

const RETRIED: ReadonlySet<ErrorClass> = new Set(['transient', 'throttled', 'webhook-down']);
const SERVER_FAULT_RETRIES = 2;

/**
 * How long to wait before the next attempt, or undefined when the error is final or the budget is spent.
 * Exponential with full jitter; a `Retry-After` of the server is obeyed.
 *
 * @param tries.attempt attempts made so far, at least 1
 * @param tries.serverFaults how many of them met a server fault without a known reason
 * @param random from 0 up to but not including 1
 */
export function nextWaitMs(
  error: KubernetesApiError,
  tries: { readonly attempt: number; readonly serverFaults: number },
  waitedMs: number,
  random: number,
  budget: RetryBudget = DEFAULT_RETRY_BUDGET,
): number | undefined {
  const { attempt, serverFaults } = tries;
  const errorClass = classifyError(error);
  if (!RETRIED.has(errorClass) && (errorClass !== 'server-fault' || serverFaults > SERVER_FAULT_RETRIES))
    return undefined;
  const ceiling = Math.min(budget.maxWaitMs, budget.firstWaitMs * 2 ** (attempt - 1));
  const waitMs = Math.max(error.retryAfterMs ?? 0, Math.ceil(ceiling * random));
  return waitedMs + waitMs > budget.totalWaitMs ? undefined : waitMs;
}

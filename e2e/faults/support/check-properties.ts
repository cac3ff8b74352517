import { checkActive } from './check-active.ts';
import { checkAudit } from './check-audit.ts';
import { checkCluster } from './check-cluster.ts';
import { checkJobs } from './check-jobs.ts';
import { checkLeases, checkWrites } from './check-leases.ts';
import { checkSecrets } from './check-secrets.ts';
import type { Bench } from './bench.ts';

export interface CheckOptions {
  /** Namespaces whose state was not to be settled, e.g. after a verdict `unknown`. */
  readonly unsettled?: readonly string[];
  /** The audit stream was lost with its server's disk: what it held before cannot be asked for. */
  readonly auditStreamLost?: boolean;
}

/**
 * The properties that hold after every schedule of faults (docs/reliability): the cluster is as planned or as last
 * good, one verdict a job, events without a gap, one active deployment of a stack, no two leases at once and no
 * write without one, no secret in any store, audit messages complete. Gives what is violated.
 */
export async function checkProperties(bench: Bench, options: CheckOptions = {}): Promise<string[]> {
  const violations = await Promise.all([
    checkCluster(bench, options.unsettled ?? []),
    checkJobs(bench),
    checkActive(bench),
    checkLeases(bench),
    checkWrites(bench),
    checkAudit(bench, options.auditStreamLost === true),
    checkSecrets(bench),
  ]);
  return violations.flat();
}

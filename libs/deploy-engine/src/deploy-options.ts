import type { CancelSignal, Clock, ObjectId, Owner } from '@ushadow/kubernetes';
import type { DesiredState } from './desired-state.ts';
import type { InventoryEntry } from './deploy-result.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Plan } from './plan/plan.ts';
import type { WriteStamp } from './apply/write-stamp.ts';

export interface DeployOptions {
  /** Server-side-apply field manager. */
  readonly manager?: string;
  /** Limit for everything up to the verdict. */
  readonly deadlineMs?: number;
  /** Limit without progress of any object. */
  readonly stallMs?: number;
  /** How long everything must stay ready before the verdict. */
  readonly settleMs?: number;
  /** `fail` shows conflicting fields with their managers; `take-over` claims them. */
  readonly conflicts?: 'fail' | 'take-over';
  /** Objects whose conflicting fields are claimed although `conflicts` is `fail`. */
  readonly takeOver?: readonly ObjectId[];
  /**
   * What may be deleted and made anew to change an immutable field; by default only Jobs, and Services that are to get or
   * lose their address. Never a claim.
   */
  readonly recreate?: 'all' | 'jobs' | 'none' | readonly ObjectId[];
  /** The plan that was approved: if the cluster moved since, nothing is written and the verdict is `PLAN_STALE`. */
  readonly approvedPlan?: Plan;
  /** Key of the digests in plans, so that secret values cannot be guessed from them. */
  readonly digestKey?: string;
  /**
   * Writes nothing: finds out how an earlier run has ended that lost contact with the cluster. What is not as wanted, or
   * was to be pruned and is still there, makes it failed; the rest is watched to its verdict.
   */
  readonly observeOnly?: boolean;
  /** What the last good deployment left. What of it is no longer wanted is deleted after success. */
  readonly inventory?: readonly InventoryEntry[];
  /** False: what is no longer wanted stays, and stays in the inventory; what has changed its kind is wanted. */
  readonly prune?: boolean;
  /** Confirmations for deletions that are otherwise refused: claims, namespaces, definitions. */
  readonly confirmDelete?: readonly ObjectId[];
  /**
   * The last good state, restored when this deployment fails or is cancelled. One without objects: what the failed
   * attempt has made is removed. None: it is left for inspection.
   */
  readonly rollbackTo?: DesiredState;
  /** False: a failure is left as it is; a cancel still rolls back. */
  readonly rollBackFailures?: boolean;
  /**
   * Whose objects these are: everything written bears the mark, and what belongs to somebody else is never changed nor
   * deleted (`NAME_TAKEN`). Without it nothing is asked.
   */
  readonly owner?: Owner;
  /** Objects that nobody has marked, which become the owner's. */
  readonly adopt?: readonly ObjectId[];
  /** Ids of stacks that are known to be gone: what bears their mark becomes the owner's. */
  readonly adoptFrom?: readonly string[];
  /**
   * Jobs that count as run to completion: never written nor deleted, whether they are there or not; what depends on them
   * goes on.
   */
  readonly completed?: readonly ObjectId[];
  /**
   * What pods name and nobody has made: `refuse` writes nothing then, `warn` goes on, as a rollback has to.
   */
  readonly missing?: 'refuse' | 'warn';
  /** Marks what is written, and keeps a holder that was replaced from writing over its successor. */
  readonly stamp?: WriteStamp;
}

export interface DeployEnvironment {
  readonly clock: Clock;
  /** Stops everything at once, open requests too: another worker goes on, or nobody may. */
  readonly signal?: CancelSignal;
  /** Ends the run at its next step boundary; then the last good state is restored, or what it made is taken back. */
  readonly cancel?: CancelSignal;
  /** Ends the run, or its rollback, at the next step boundary and leaves what is there. */
  readonly leave?: CancelSignal;
  /** Masks more than the deployment's own Secrets in everything that is reported, e.g. tokens by pattern. */
  readonly redact?: (text: string) => string;
  /** Where an earlier worker stopped: `checkpointOf` its stored events. */
  readonly resumeFrom?: Checkpoint;
}

const DEPLOY_DEFAULTS = {
  manager: 'ushadow',
  deadlineMs: 600_000,
  stallMs: 240_000,
  settleMs: 1_000,
  conflicts: 'fail',
  digestKey: 'ushadow',
  recreate: 'jobs',
  missing: 'refuse',
  prune: true,
  rollBackFailures: true,
} as const;

export type Settings = DeployOptions &
  Required<Pick<DeployOptions, keyof typeof DEPLOY_DEFAULTS>> & {
    /** On a rollback, which prunes nothing: what is deleted all the same where it contends with something wanted. */
    readonly contenders?: readonly InventoryEntry[];
    /** What is shown of a value, before any of it is cut off. */
    readonly mask?: <T>(value: T) => T;
  };

export function withDefaults(options: DeployOptions): Settings {
  return { ...DEPLOY_DEFAULTS, ...options };
}

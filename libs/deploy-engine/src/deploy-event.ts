import type { ObjectId, RetryNotice } from '@ushadow/kubernetes';
import type { Cause, Failure, FailureCode, SourcePlace } from '@ushadow/diagnose';
import type { ObjectOutcome, Verdict } from './deploy-result.ts';
import type { FieldChange, PlannedAction } from './plan/plan.ts';

export type Stage = 'plan' | 'apply' | 'wait' | 'prune' | 'rollback';
export type ObjectState = 'pending' | 'progressing' | 'ready' | 'failed' | 'deleting';

/** What happens, JSON-serialisable and free of secret values. */
export type DeployEventBody =
  /** With the failure that led to it, where the stage is a rollback. */
  | { readonly type: 'stage.started'; readonly stage: Stage; readonly failure?: Failure }
  | { readonly type: 'stage.ended'; readonly stage: Stage; readonly ms: number }
  | { readonly type: 'plan.made'; readonly hash: string; readonly counts: Readonly<Record<PlannedAction, number>> }
  | {
      readonly type: 'object.planned';
      readonly object: ObjectId;
      readonly action: PlannedAction;
      readonly changes: readonly FieldChange[];
      /** It was not ours, and becomes so because that was asked for. */
      readonly adopts?: true;
      readonly warnings: readonly string[];
    }
  | {
      readonly type: 'object.applied';
      readonly object: ObjectId;
      readonly outcome: ObjectOutcome;
      readonly uid?: string;
      readonly resourceVersion?: string;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'object.status'; readonly object: ObjectId; readonly state: ObjectState; readonly message: string }
  | {
      readonly type: 'object.deleted';
      readonly object: ObjectId;
      /** `stuck`: a broken pod of an old revision that kept its StatefulSet from going on. */
      readonly reason: 'pruned' | 'recreated' | 'rolled-back' | 'stuck';
    }
  | { readonly type: 'cause.raised'; readonly cause: Cause }
  | { readonly type: 'cause.cleared'; readonly id: string; readonly code: FailureCode; readonly object: ObjectId }
  | { readonly type: 'retry'; readonly notice: RetryNotice }
  | { readonly type: 'watch.lost'; readonly kind: string; readonly reason: string }
  | { readonly type: 'watch.regained'; readonly kind: string }
  | {
      readonly type: 'warning';
      readonly code: FailureCode;
      readonly message: string;
      readonly object?: ObjectId;
      /** Path in the object, and where that was written. */
      readonly field?: string;
      readonly source?: SourcePlace;
    }
  | { readonly type: 'log'; readonly object: ObjectId; readonly container: string; readonly lines: readonly string[] }
  | { readonly type: 'verdict'; readonly verdict: Verdict; readonly failure?: Failure };

/** `at`: milliseconds since the epoch. */
export type DeployEvent = DeployEventBody & { readonly at: number };

export type Emit = (event: DeployEventBody) => void;

import type { ObjectId } from '@ushadow/kubernetes';
import type { Cause, Failure } from '@ushadow/diagnose';
import type { Plan } from './plan/plan.ts';

export type Verdict = 'succeeded' | 'failed' | 'unknown' | 'cancelled';

export type ObjectOutcome = 'created' | 'configured' | 'recreated' | 'unchanged' | 'deleted' | 'skipped' | 'failed';

export interface ObjectChange {
  readonly object: ObjectId;
  readonly outcome: ObjectOutcome;
  readonly uid?: string;
}

/** One object this deployment owns now. */
export interface InventoryEntry {
  readonly object: ObjectId;
  readonly uid: string;
}

/** An object that was to be deleted and is still there. */
export interface RefusedDeletion extends InventoryEntry {
  readonly failure: Failure;
}

/** How far one object was when the attempt ended. */
export interface ObjectEnd {
  readonly object: ObjectId;
  /** `pending`: it was never written. */
  readonly state: 'pending' | 'progressing' | 'ready' | 'failed';
  readonly message: string;
}

export interface DeployResult {
  readonly verdict: Verdict;
  /** Present unless succeeded. */
  readonly failure?: Failure;
  /** Everything found wrong at the end, worst first. */
  readonly causes: readonly Cause[];
  readonly changes: readonly ObjectChange[];
  /** Every object of the attempt, also where it was rolled back afterwards. Empty for a removal. */
  readonly states: readonly ObjectEnd[];
  readonly inventory: readonly InventoryEntry[];
  /** What is no longer wanted is still there, and in the inventory: it was to end before that was deleted. */
  readonly isPruneCutShort?: true;
  /**
   * What was to be pruned and could not be: the server refused it, or it has become somebody else's. It does not fail the
   * deployment; what is still ours of it is in the inventory.
   */
  readonly unpruned?: readonly RefusedDeletion[];
  readonly plan?: Plan;
  /** Present when a failed deployment was rolled back. */
  readonly rollback?: { readonly verdict: Verdict; readonly failure?: Failure };
}

export const CANCELLED: Failure = { code: 'CANCELLED', message: 'the deployment was cancelled', evidence: [] };

import type { ObjectId, PodSecurityLevel } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';

export type PlannedAction = 'create' | 'update' | 'recreate' | 'delete' | 'unchanged';

/** One field that would change. Values of Secrets are never given. */
export interface FieldChange {
  /** e.g. `spec.template.spec.containers[name=web].image`. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** JSON text; absent where secret. */
  readonly before?: string;
  readonly after?: string;
}

/** What becomes of one object; deletions are of what the last deployment left and this one does not want. */
export interface PlanEntry {
  readonly object: ObjectId;
  readonly action: PlannedAction;
  readonly changes: readonly FieldChange[];
  /** Of the live object; absent when there is none. */
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Keyed digest of what is wanted. */
  readonly desiredDigest: string;
  /** Keyed digest of what would change, secrets included. */
  readonly changeDigest: string;
  /** False when the server could not be asked beforehand; `unverifiedReason` says why. */
  readonly verified: boolean;
  readonly unverifiedReason?: string;
  /** Fields that other managers own and that will be taken over. */
  readonly takesOver?: readonly FieldConflict[];
  /** Fields that other managers own and that may not be taken over. */
  readonly conflicts?: readonly FieldConflict[];
  /** It was not ours, and becomes so because that was asked for. */
  readonly adopts?: true;
  /** Of a deletion: what is written only once this and its pods are gone. All else is deleted after success. */
  readonly goesBefore?: readonly ObjectId[];
  readonly warnings: readonly string[];
}

export interface FieldConflict {
  readonly field: string;
  readonly manager: string;
}

/** The level of Pod Security that the pods of a workload need; what their namespace says of it, where that is known. */
export interface PodLevel {
  readonly object: ObjectId;
  readonly needs: PodSecurityLevel;
  readonly enforced: PodSecurityLevel | null;
  readonly warned: PodSecurityLevel | null;
}

/** What a deployment would do. JSON-serialisable; safe to store and show. */
export interface Plan {
  readonly entries: readonly PlanEntry[];
  /** Namespaces that do not exist yet and will be created. */
  readonly newNamespaces: readonly string[];
  readonly podSecurity: readonly PodLevel[];
  /** Why it cannot be applied. Empty: it can. */
  readonly problems: readonly Failure[];
  /** What may go wrong but need not: classes the cluster lacks, checks that could not be made. */
  readonly warnings: readonly Failure[];
  /** Over actions, desired digests, live uids and change digests. */
  readonly hash: string;
}

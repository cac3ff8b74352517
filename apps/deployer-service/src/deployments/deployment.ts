import type { DeploymentData, VerdictData } from '@ushadow/contracts';
import type { StackPlace } from '../stacks/stack.ts';

export type DeploymentStatus = DeploymentData['status'];
export type DeploymentKind = DeploymentData['kind'];
export type Verdict = VerdictData;

export interface DeployOptions {
  readonly deadlineSeconds: number;
  readonly stallSeconds: number;
  readonly takeOver: boolean;
  readonly recreate: 'jobs' | 'all' | 'none';
  readonly rollback: boolean;
  readonly prune: boolean;
  /** Names of claims that may be deleted. */
  readonly deleteClaims: readonly string[];
  /** Objects of nobody that may become the stack's: `Kind/name`. */
  readonly adopt: readonly string[];
}

/** Somebody's request that it ends before its verdict. */
export interface EndRequest {
  readonly request: 'cancel' | 'supersede';
  /** Go back to the last good revision; never for a superseded one. */
  readonly rollback: boolean;
  readonly actor: string;
  readonly time: string;
  /** The deployment that follows it. */
  readonly by: string | null;
}

/** One try to bring a stack, or some of its services, to what was asked for. */
export interface Deployment extends StackPlace, DeployOptions {
  readonly id: string;
  readonly stackId: string;
  /** The services it is about. */
  readonly services: readonly string[];
  readonly kind: DeploymentKind;
  /** Counts the deployments of the stack. */
  readonly revision: number;
  /** The revision it brings back, or was made from. */
  readonly basedOn: string | null;
  readonly status: DeploymentStatus;
  readonly verdict: Verdict | null;
  readonly ending: EndRequest | null;
  readonly objects: readonly string[];
  readonly desiredDigest: string;
  /** Digest of the last good state when it was asked for. */
  readonly beforeDigest: string | null;
  /** Digest of the state it has left; null while it runs, and where that is a mixture. */
  readonly afterDigest: string | null;
  readonly planId: string | null;
  readonly planHash: string | null;
  readonly note: string | null;
  /** Names that people gave it; with one it is not thinned. */
  readonly tags: readonly string[];
  /** A removal takes the namespace along. */
  readonly deleteNamespace: boolean;
  /** A rollback has left it. */
  readonly undone: boolean;
  readonly actor: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly losses: number;
  readonly lastSequence: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Since when only the history of it is left. */
  readonly thinnedAt: Date | null;
}

/** A worker has it or is to get it: one at most for a stack. */
const activeStatuses = ['pending', 'deploying'] as const satisfies readonly DeploymentStatus[];

export function isActive(status: DeploymentStatus): boolean {
  return (activeStatuses as readonly string[]).includes(status);
}

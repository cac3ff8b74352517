import type { DiagnosticData } from '@ushadow/contracts';
import type { Permission, Plan as EnginePlan } from '@ushadow/deploy-engine';
import type { DeploymentKind, DeployOptions } from '../deployments/deployment.ts';
import type { StackPlace } from '../stacks/stack.ts';

/** What a deployment would do, as it was asked of the cluster and stored. */
export interface StoredPlan extends StackPlace {
  readonly id: string;
  readonly stackId: string;
  /** The services it is about. */
  readonly services: readonly string[];
  /** What a deployment of it is. */
  readonly kind: DeploymentKind;
  /** The revision it was made from, where that is not the files. */
  readonly basedOn: string | null;
  /** Revision of the configuration it was made from; null for a stack without one. */
  readonly baseRevision: number | null;
  /** The services that a rollback was asked for; null: all. */
  readonly about: readonly string[] | null;
  readonly desiredDigest: string;
  readonly options: DeployOptions;
  readonly plan: EnginePlan;
  readonly missingPermissions: readonly Permission[];
  readonly diagnostics: readonly DiagnosticData[];
  readonly hash: string;
  /** The deployment that found its plan stale. */
  readonly replaces: string | null;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

import type { DiagnosticData } from '@ushadow/contracts';
import type { Permission, Plan as EnginePlan } from '@ushadow/deploy-engine';
import type { DeployOptions, Place } from '../deployments/deployment.ts';

/** What a deployment would do, as it was asked of the cluster and stored. */
export interface StoredPlan extends Place {
  readonly id: string;
  readonly serviceId: string;
  readonly nodeName: string | null;
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

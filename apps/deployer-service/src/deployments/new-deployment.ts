import type { UsedVariableData } from '@ushadow/contracts';
import type { DeploymentKind, DeployOptions, Place } from './deployment.ts';

/** All that is known of a deployment when it is asked for. */
export interface NewDeployment extends Place, DeployOptions {
  readonly id: string;
  readonly serviceId: string;
  readonly kind: DeploymentKind;
  readonly basedOn: string | null;
  readonly objects: readonly string[];
  /** Envelope-encrypted. */
  readonly desired: string;
  readonly desiredDigest: string;
  readonly environment: readonly UsedVariableData[];
  readonly planId: string | null;
  readonly planHash: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly requestId: string;
}

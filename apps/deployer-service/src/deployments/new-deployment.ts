import type { UsedVariableData } from '@ushadow/contracts';
import type { StackPlace } from '../stacks/stack.ts';
import type { DeploymentKind, DeployOptions } from './deployment.ts';

/** All that is known of a deployment when it is asked for. */
export interface NewDeployment extends StackPlace, DeployOptions {
  readonly id: string;
  readonly stackId: string;
  readonly services: readonly string[];
  readonly kind: DeploymentKind;
  readonly basedOn: string | null;
  readonly objects: readonly string[];
  /** Envelope-encrypted. */
  readonly desired: string;
  readonly desiredDigest: string;
  /** By service. */
  readonly environment: Readonly<Record<string, readonly UsedVariableData[]>>;
  readonly deleteNamespace: boolean;
  readonly planId: string | null;
  readonly planHash: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly requestId: string;
}

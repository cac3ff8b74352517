import type { DeploymentData, VerdictData } from '@ushadow/contracts';

export type DeploymentStatus = DeploymentData['status'];
export type Verdict = VerdictData;

/** One try to bring a service in a namespace of a cluster to what was asked for. */
export interface Deployment {
  readonly id: string;
  readonly clusterId: string;
  readonly namespace: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly status: DeploymentStatus;
  readonly verdict: Verdict | null;
  readonly objects: readonly string[];
  readonly desiredDigest: string;
  readonly deadlineSeconds: number;
  readonly actor: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly lastSequence: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export const activeStatuses = ['pending', 'deploying'] as const satisfies readonly DeploymentStatus[];

export function isActive(status: DeploymentStatus): boolean {
  return (activeStatuses as readonly string[]).includes(status);
}

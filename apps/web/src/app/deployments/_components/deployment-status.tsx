import type { DeploymentData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';

export const statusDisplays: Readonly<Record<DeploymentData['status'], StatusDisplay>> = {
  queued: { label: 'Queued', tone: 'neutral', icon: 'clock' },
  pending: { label: 'Waiting', tone: 'neutral', icon: 'clock' },
  deploying: { label: 'Deploying', tone: 'info', icon: 'spinner' },
  succeeded: { label: 'Succeeded', tone: 'ok', icon: 'check' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cross' },
  unknown: { label: 'Unknown', tone: 'warn', icon: 'question' },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: 'minus' },
  superseded: { label: 'Superseded', tone: 'neutral', icon: 'minus' },
};

interface DeploymentStatusProps {
  readonly status: DeploymentData['status'];
  readonly testId?: string;
}

export function DeploymentStatus({ status, testId = 'deployment-status' }: DeploymentStatusProps) {
  const { label, tone, icon } = statusDisplays[status];
  return (
    <Badge tone={tone} icon={icon} testId={testId}>
      {label}
    </Badge>
  );
}

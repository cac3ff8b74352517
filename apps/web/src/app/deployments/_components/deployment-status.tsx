import type { DeploymentData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';

export const statusDisplays: Readonly<Record<DeploymentData['status'], StatusDisplay>> = {
  queued: { word: 'Queued', tone: 'neutral', icon: 'clock' },
  pending: { word: 'Waiting', tone: 'neutral', icon: 'clock' },
  deploying: { word: 'Deploying', tone: 'info', icon: 'spinner' },
  succeeded: { word: 'Succeeded', tone: 'ok', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  unknown: { word: 'Unknown', tone: 'warn', icon: 'question' },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: 'minus' },
  superseded: { word: 'Superseded', tone: 'neutral', icon: 'minus' },
};

interface DeploymentStatusProps {
  readonly status: DeploymentData['status'];
  readonly testId?: string;
}

export function DeploymentStatus({ status, testId = 'deployment-status' }: DeploymentStatusProps) {
  const { word, tone, icon } = statusDisplays[status];
  return (
    <Badge tone={tone} icon={icon} testId={testId}>
      {word}
    </Badge>
  );
}

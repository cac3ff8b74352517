import type { StackSummaryData } from '@ushadow/contracts';
import Link from 'next/link';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { DeploymentStatus } from '../../deployments/_components/deployment-status.tsx';
import styles from './fact.module.css';

interface LastDeploymentProps {
  readonly deployment: StackSummaryData['deployment'];
  /** With the reason it failed. */
  readonly showsReason?: boolean;
}

/** How the last deployment ended, and when; leads to its page. */
export function LastDeployment({ deployment, showsReason = false }: LastDeploymentProps) {
  if (deployment === null) return <span className={styles['age']}>none yet</span>;
  const { deployment_id: id, status, reason, at } = deployment;
  return (
    <span className={styles['fact']}>
      <Link href={`/deployments/${id}`}>
        <DeploymentStatus status={status} testId="last-deployment" />
      </Link>
      <span className={styles['age']}>
        <TimeAgo at={at} />
      </span>
      {showsReason && status !== 'succeeded' && reason !== null ? (
        <span className={styles['message']}>{reason}</span>
      ) : null}
    </span>
  );
}

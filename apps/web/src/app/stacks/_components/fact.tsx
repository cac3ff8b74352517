import { Badge } from '../../../ui/badge.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';
import styles from './fact.module.css';

interface FactProps {
  readonly fact: { readonly message: string | null; readonly at: string | null; readonly stale: boolean };
  readonly display: StatusDisplay;
  readonly testId: string;
  /** With its message below. */
  readonly showsReason?: boolean;
}

/** Something seen in the cluster, and how long ago. */
export function Fact({ fact, display, testId, showsReason = false }: FactProps) {
  const { message, at } = fact;
  return (
    <span className={styles['fact']}>
      <Badge tone={display.tone} icon={display.icon} testId={testId} title={message ?? undefined} long>
        {display.label}
      </Badge>
      {at === null ? null : (
        <span className={styles['age']}>
          <TimeAgo at={at} />
        </span>
      )}
      {showsReason && message !== null && message !== '' ? <span className={styles['message']}>{message}</span> : null}
    </span>
  );
}

import type { PlanData } from '@ushadow/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { absoluteTime, timeUntil } from '../../../ui/format.ts';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { useNow } from '../../../ui/use-now.ts';
import styles from './plan-facts.module.css';

/** As many digits as tell plans apart. */
const HASH_SHOWN = 12;

/** Who made a plan and when, until when it can be approved, and by which hash and link others find it. */
export function PlanFacts({ plan }: { readonly plan: PlanData }) {
  const now = useNow(10_000);
  const isOver = Date.parse(plan.expires_at) <= now;
  return (
    <div className={styles['facts']} data-testid="plan-facts">
      <span>
        planned by <strong>{plan.actor}</strong> <TimeAgo at={plan.created_at} />
      </span>
      <span title={absoluteTime(plan.expires_at)}>
        {isOver ? 'expired' : 'expires'} {timeUntil(plan.expires_at, now)}
      </span>
      <span className={styles['copied']}>
        hash{' '}
        <code title={plan.hash} data-testid="plan-hash">
          {plan.hash.slice(0, HASH_SHOWN)}
        </code>
        <CopyButton text={plan.hash} what="hash of the plan" />
      </span>
      <span className={styles['copied']}>
        link
        <CopyButton text={`${window.location.origin}/plans/${plan.plan_id}`} what="link to this plan" />
      </span>
    </div>
  );
}

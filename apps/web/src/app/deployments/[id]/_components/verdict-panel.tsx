import type { DeploymentData } from '@ushadow/contracts';
import { LinkButton } from '../../../../ui/button.tsx';
import { InlineCode } from '../../../../ui/code.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import type { Tone } from '../../../../ui/styling.ts';
import { PlanAgainButton } from '../../../plans/_components/plan-again-button.tsx';
import type { CauseData } from '../_events/event-data.ts';
import type { LiveState } from '../_events/live-deployment.ts';
import type { Progress } from '../_events/progress.ts';
import { EvidenceList } from './evidence-list.tsx';
import { LogTails } from './log-tails.tsx';
import { VerdictFacts } from './verdict-facts.tsx';
import styles from './verdict-panel.module.css';

interface VerdictPanelProps {
  readonly deployment: DeploymentData;
  readonly progress: Progress;
  /** The cause that the verdict names, with its evidence. */
  readonly cause: CauseData | undefined;
  readonly log: LiveState['log'];
}

const titles: Readonly<Record<DeploymentData['status'], { readonly tone: Tone; readonly title: string }>> = {
  queued: { tone: 'neutral', title: 'Waiting for the deployment before it' },
  pending: { tone: 'neutral', title: 'Waiting for a worker' },
  deploying: { tone: 'info', title: 'Deploying' },
  succeeded: { tone: 'ok', title: 'Succeeded' },
  failed: { tone: 'bad', title: 'Failed' },
  unknown: { tone: 'warn', title: 'It is not known how this ended' },
  cancelled: { tone: 'neutral', title: 'Cancelled' },
  superseded: { tone: 'neutral', title: 'Superseded by a newer deployment' },
};

const stale = { tone: 'warn', title: 'Changed since the preview; nothing was written' } as const;

/** The outcome with its reason, the object at fault and what to do; while there is none, what is being done. */
export function VerdictPanel({ deployment, progress, cause, log }: VerdictPanelProps) {
  const { status, verdict } = deployment;
  const { tone, title } = verdict?.code === 'PLAN_STALE' ? stale : titles[status];
  const message = verdict?.reason ?? log.at(-1)?.message ?? 'It starts as soon as a worker is free.';
  return (
    <Notice tone={tone} title={title} testId="verdict" actions={nextPlan(deployment)}>
      <p data-testid="verdict-reason">
        <InlineCode text={message} />
      </p>
      {verdict === null || status === 'succeeded' ? null : (
        <>
          <VerdictFacts verdict={verdict} requestId={deployment.request_id} />
          {cause === undefined ? null : <EvidenceList cause={cause} />}
          <LogTails logs={progress.logs} />
        </>
      )}
      {status === 'succeeded' ? (
        <p className={styles['hint']}>
          See it with <code>kubectl get pods -n {deployment.namespace}</code>
        </p>
      ) : null}
    </Notice>
  );
}

/** The plan that was made in the place of a stale one, or the way to it. */
function nextPlan({ verdict, plan_id: planId }: VerdictPanelProps['deployment']) {
  if (verdict?.plan_id !== undefined)
    return (
      <LinkButton small variant="primary" data-testid="fresh-plan" href={`/plans/${verdict.plan_id}`}>
        See what it would change now
      </LinkButton>
    );
  return verdict?.code === 'PLAN_STALE' && planId !== null ? <PlanAgainButton planId={planId} /> : undefined;
}

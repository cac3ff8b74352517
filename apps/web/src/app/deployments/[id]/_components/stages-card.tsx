import { Card } from '../../../../ui/card.tsx';
import { classNames } from '../../../../ui/class-names.ts';
import { duration, elapsed } from '../../../../ui/format-time.ts';
import { Icon, Spinner } from '../../../../ui/icon.tsx';
import { useNow } from '../../../../ui/use-now.ts';
import type { Progress, StageProgress } from '../_events/progress.ts';
import styles from './stages-card.module.css';

const names: Readonly<Record<string, string>> = {
  plan: 'Plan',
  apply: 'Apply',
  wait: 'Wait for the rollout',
  prune: 'Remove what is no longer wanted',
  rollback: 'Roll back',
};

/** The steps so far with the seconds each took, by attempt when there were several. */
export function StagesCard({ progress }: { readonly progress: Progress }) {
  const { stages, hasVerdict } = progress;
  const attempts = new Set(stages.map((stage) => stage.attempt));
  return (
    <Card title="Progress" testId="stages">
      {stages.length === 0 ? (
        <p className={styles['muted']}>Not started yet.</p>
      ) : (
        <ol className={styles['list']}>
          {stages.map((stage, index) => (
            <StageEntry
              key={`${String(stage.attempt)} ${stage.stage} ${stage.startedAt}`}
              stage={stage}
              isRunning={stage.ms === null && !hasVerdict && index === stages.length - 1}
              showAttempt={attempts.size > 1}
            />
          ))}
        </ol>
      )}
    </Card>
  );
}

interface StageEntryProps {
  readonly stage: StageProgress;
  readonly isRunning: boolean;
  readonly showAttempt: boolean;
}

function StageEntry({ stage, isRunning, showAttempt }: StageEntryProps) {
  return (
    <li className={styles['stage']} data-testid={`stage-${stage.stage}`}>
      <span className={classNames(styles['sign'], isRunning && styles['running'], stage.ms !== null && styles['done'])}>
        {isRunning ? <Spinner /> : <Icon name={stage.ms === null ? 'minus' : 'check'} />}
      </span>
      <span className={styles['name']}>
        {names[stage.stage] ?? stage.stage}
        {showAttempt ? <span className={styles['muted']}> attempt {stage.attempt}</span> : null}
      </span>
      <span className={styles['time']}>
        {isRunning ? <Running since={stage.startedAt} /> : stage.ms === null ? 'stopped' : duration(stage.ms)}
      </span>
    </li>
  );
}

function Running({ since }: { readonly since: string }) {
  const now = useNow(1_000);
  return <>{elapsed(now - Date.parse(since))}</>;
}

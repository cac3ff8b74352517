import { Card } from '../../../../ui/card.tsx';
import { duration, elapsed } from '../../../../ui/format.ts';
import { Icon, Spinner, type IconName } from '../../../../ui/icon.tsx';
import type { Tone } from '../../../../ui/styling.ts';
import { useNow } from '../../../../ui/use-now.ts';
import { stageStates, type Progress, type StageProgress, type StageState } from '../_events/progress.ts';
import styles from './stages-card.module.css';

const names: Readonly<Record<string, string>> = {
  plan: 'Plan',
  apply: 'Apply',
  wait: 'Wait for the rollout',
  prune: 'Remove what is no longer wanted',
  rollback: 'Roll back',
};

const icons: Readonly<Record<Exclude<StageState, 'running'>, IconName>> = {
  done: 'check',
  failed: 'cross',
  stopped: 'minus',
};

const tones: Readonly<Record<StageState, Tone>> = { running: 'info', done: 'ok', failed: 'bad', stopped: 'neutral' };

/** The steps so far with the seconds each took, by attempt when there were several. */
export function StagesCard({ progress }: { readonly progress: Progress }) {
  const { stages } = progress;
  const states = stageStates(progress);
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
              state={states[index] ?? 'stopped'}
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
  readonly state: StageState;
  readonly showAttempt: boolean;
}

function StageEntry({ stage, state, showAttempt }: StageEntryProps) {
  return (
    <li className={styles['stage']} data-testid={`stage-${stage.stage}`}>
      <span className={styles['icon']} data-tone={tones[state]}>
        {state === 'running' ? <Spinner /> : <Icon name={icons[state]} />}
        <span className="visually-hidden">{state}</span>
      </span>
      <span className={styles['name']}>
        {names[stage.stage] ?? stage.stage}
        {showAttempt ? <span className={styles['muted']}> attempt {stage.attempt}</span> : null}
      </span>
      <span className={styles['time']}>
        {state === 'running' ? <Running since={stage.startedAt} /> : stage.ms === null ? 'stopped' : duration(stage.ms)}
      </span>
    </li>
  );
}

function Running({ since }: { readonly since: string }) {
  const now = useNow(1_000);
  return <>{elapsed(now - Date.parse(since))}</>;
}

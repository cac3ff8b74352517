import { Badge } from '../../../../ui/badge.tsx';
import { Card } from '../../../../ui/card.tsx';
import { InlineCode } from '../../../../ui/code.tsx';
import { objectName, type CauseData } from '../_events/event-data.ts';
import type { LogTail } from '../_events/progress.ts';
import styles from './causes-card.module.css';
import { EvidenceList } from './evidence-list.tsx';
import { LogTails } from './log-tails.tsx';
import { SourcePlace } from './source-place.tsx';

interface CausesCardProps {
  readonly causes: readonly CauseData[];
  readonly logs: readonly LogTail[];
  /** Whether the deployment has ended; the last log lines then stand with its verdict. */
  readonly hasVerdict: boolean;
}

/** What stands in the way: one line each, with its evidence folded below. */
export function CausesCard({ causes, logs, hasVerdict }: CausesCardProps) {
  return (
    <Card title={hasVerdict ? 'What else stood in the way' : 'In the way'} testId="causes" flush>
      <ul>
        {causes.map((cause) => {
          const object = objectName(cause.object);
          return (
            <li key={cause.id} className={styles['cause']}>
              <div className={styles['line']}>
                <Badge tone={cause.severity === 'final' ? 'bad' : 'warn'} icon="alert">
                  {cause.code}
                </Badge>
                <code>{object}</code>
              </div>
              <p>
                <InlineCode text={cause.message} />
              </p>
              {cause.source === undefined ? null : <SourcePlace place={cause.source} />}
              {cause.remedy === undefined ? null : (
                <p className={styles['muted']}>
                  <InlineCode text={cause.remedy} />
                </p>
              )}
              <EvidenceList cause={cause} />
              {hasVerdict ? null : <LogTails logs={logs.filter((tail) => tail.object === object)} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

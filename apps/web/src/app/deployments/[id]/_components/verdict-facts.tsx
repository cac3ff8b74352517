import type { DeploymentData } from '@ushadow/contracts';
import type { ReactNode } from 'react';
import { InlineCode } from '../../../../ui/code.tsx';
import { SourcePlace } from './source-place.tsx';
import styles from './verdict-facts.module.css';

type Verdict = NonNullable<DeploymentData['verdict']>;
type Rollback = NonNullable<Verdict['rollback']>;

const rollbackTexts: Readonly<Record<Rollback['status'], string>> = {
  succeeded: 'The state before is back.',
  failed: 'Going back has failed',
  unknown: 'It is not known whether the state before is back',
  cancelled: 'Going back was cancelled',
};

interface VerdictFactsProps {
  readonly verdict: Verdict;
  readonly requestId: string;
}

/** Object, place, remedy and code of a verdict, and how going back has ended. */
export function VerdictFacts({ verdict, requestId }: VerdictFactsProps) {
  return (
    <dl className={styles['facts']}>
      <Fact
        name="Object"
        value={verdict.object === null ? null : <code>{verdict.object}</code>}
        testId="verdict-object"
      />
      <Fact
        name="Where"
        value={verdict.source == null ? null : <SourcePlace place={verdict.source} />}
        testId="verdict-source"
      />
      <Fact
        name="Rolled back"
        value={verdict.rollback === undefined ? null : rollbackText(verdict.rollback)}
        testId="verdict-rollback"
      />
      <Fact
        name="What to do"
        value={verdict.remedy === null ? null : <InlineCode text={verdict.remedy} />}
        testId="verdict-remedy"
      />
      <Fact name="Code" value={verdict.code === null ? null : <code>{verdict.code}</code>} testId="verdict-code" />
      <Fact name="Request" value={<code>{requestId}</code>} />
    </dl>
  );
}

function rollbackText({ status, reason }: Rollback): ReactNode {
  const text = rollbackTexts[status];
  return <InlineCode text={reason === null ? text : `${text}: ${reason}`} />;
}

interface FactProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly testId?: string;
}

function Fact({ name, value, testId }: FactProps) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}

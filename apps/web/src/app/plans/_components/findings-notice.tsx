import type { PlanData } from '@ushadow/contracts';
import type { ReactNode } from 'react';
import { problemOfFinding } from '../../../api/error-details.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemList } from '../../../ui/problem-list.tsx';

interface FindingsNoticeProps {
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  readonly findings: PlanData['problems'];
  readonly testId: string;
  /** Ways on. */
  readonly children?: ReactNode;
}

/** What the cluster says against a plan, or what may go wrong with it. */
export function FindingsNotice({ tone, title, findings, testId, children }: FindingsNoticeProps) {
  if (findings.length === 0) return null;
  return (
    <Notice tone={tone} title={title} testId={testId} actions={children}>
      <ProblemList problems={findings.map(problemOfFinding)} />
    </Notice>
  );
}

import type { ReactNode } from 'react';
import { describeError } from '../api/describe-error.ts';
import { Button } from './button.tsx';
import { InlineCode } from './code.tsx';
import styles from './error-notice.module.css';
import { Notice } from './notice.tsx';
import { ProblemList } from './problem-list.tsx';

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly testId?: string | undefined;
  /** Further ways out, beside trying again. */
  readonly actions?: ReactNode;
}

/** What went wrong, where, what to do, and the code and request id to look it up by. */
export function ErrorNotice({ error, onRetry, testId, actions }: ErrorNoticeProps) {
  const { title, message, remedy, problems, code, requestId } = describeError(error);
  const retry =
    onRetry === undefined ? null : (
      <Button small icon="refresh" onClick={onRetry}>
        Try again
      </Button>
    );
  const hasActions = retry !== null || (actions !== undefined && actions !== null);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      testId={testId}
      actions={
        hasActions ? (
          <>
            {retry}
            {actions}
          </>
        ) : undefined
      }
    >
      {problems.length === 0 ? (
        <p>
          <InlineCode text={message} />
        </p>
      ) : (
        <ProblemList problems={problems} />
      )}
      {remedy === null || problems.some((problem) => problem.remedy !== null) ? null : <p>{remedy}</p>}
      <p className={styles['reference']}>
        Code <code>{code}</code>
        {requestId === null ? null : (
          <>
            {' · request '}
            <code>{requestId}</code>
          </>
        )}
      </p>
    </Notice>
  );
}

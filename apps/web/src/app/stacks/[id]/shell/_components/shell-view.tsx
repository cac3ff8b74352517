'use client';

import { useState, type ReactNode } from 'react';
import { useQuery } from '../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../ui/breadcrumb.tsx';
import { Button, LinkButton } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { stateText, type ShellState } from '../_terminal/shell-state.ts';
import { ShellTerminal } from './shell-terminal.tsx';
import styles from './shell-view.module.css';

interface ShellViewProps {
  readonly stackId: string;
  readonly service: string;
}

/** A terminal in the newest ready pod of a service; where none is named, the services to choose from. */
export function ShellView({ stackId, service }: ShellViewProps) {
  const { data: stack, error, reload } = useQuery('getStack', { stack_id: stackId });
  const above = <Breadcrumb href={`/stacks/${stackId}`} name={stack?.project ?? 'Stack'} />;
  if (service !== '') return <ShellIn key={service} stackId={stackId} service={service} above={above} />;
  return (
    <PageStack testId="shell-page">
      <PageHeader above={above} title="Shell" />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {stack === undefined ? null : (
        <EmptyState
          icon="question"
          title="In which service?"
          testId="shell-choice"
          actions={stack.services.map(({ service: name }) => (
            <LinkButton key={name} href={`/stacks/${stackId}/shell?service=${encodeURIComponent(name)}`}>
              {name}
            </LinkButton>
          ))}
        >
          A shell is opened in the newest ready pod of a service.
        </EmptyState>
      )}
    </PageStack>
  );
}

function ShellIn({ stackId, service, above }: ShellViewProps & { readonly above: ReactNode }) {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<ShellState>({ kind: 'connecting' });
  const isOver = state.kind === 'ended' || state.kind === 'refused' || state.kind === 'lost';
  return (
    <PageStack testId="shell-page">
      <PageHeader
        above={above}
        title={`Shell in ${service}`}
        description={
          <span role="status" data-testid="shell-state">
            {stateText(state)}
          </span>
        }
        actions={
          isOver ? (
            <Button
              variant="primary"
              icon="refresh"
              data-testid="shell-again-btn"
              onClick={() => {
                setState({ kind: 'connecting' });
                setTurn(turn + 1);
              }}
            >
              Start again
            </Button>
          ) : null
        }
      />
      {state.kind === 'refused' ? <ErrorNotice error={state.error} testId="shell-error" /> : null}
      <div className={styles['frame']}>
        <ShellTerminal key={turn} stackId={stackId} service={service} onState={setState} />
      </div>
      <p className={styles['note']}>
        The terminal takes all keys; <kbd>F6</kbd> leaves it.
      </p>
    </PageStack>
  );
}

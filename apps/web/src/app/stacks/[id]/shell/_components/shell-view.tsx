'use client';

import { useState } from 'react';
import { useQuery } from '../../../../../api/use-query.ts';
import { Button, LinkButton } from '../../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { stateText, type ShellState } from '../_terminal/shell-state.ts';
import { ShellTerminal } from './shell-terminal.tsx';
import styles from './shell-view.module.css';

interface ShellViewProps {
  readonly stackId: string;
  readonly service: string;
}

/** A terminal in the newest ready pod of a service. */
export function ShellView({ stackId, service }: ShellViewProps) {
  const { data: stack } = useQuery('getStack', { stack_id: stackId });
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<ShellState>({ kind: 'connecting' });
  const isOver = state.kind === 'ended' || state.kind === 'refused' || state.kind === 'lost';
  return (
    <PageStack testId="shell-page">
      <PageHeader
        title={`Shell in ${service}`}
        description={
          <span role="status" data-testid="shell-state">
            {stateText(state)}
          </span>
        }
        actions={
          <>
            <LinkButton small href={`/stacks/${stackId}`}>
              {stack === undefined ? 'The stack' : `Stack ${stack.project}`}
            </LinkButton>
            {isOver ? (
              <Button
                small
                variant="primary"
                data-testid="shell-again-btn"
                onClick={() => {
                  setState({ kind: 'connecting' });
                  setTurn(turn + 1);
                }}
              >
                Start again
              </Button>
            ) : null}
          </>
        }
      />
      {state.kind === 'refused' ? <ErrorNotice error={state.error} testId="shell-error" /> : null}
      <div className={styles['frame']}>
        <ShellTerminal key={turn} stackId={stackId} service={service} onState={setState} />
      </div>
    </PageStack>
  );
}

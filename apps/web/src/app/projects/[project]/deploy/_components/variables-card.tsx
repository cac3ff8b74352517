import { useState } from 'react';
import { Card } from '../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { FieldStack } from '../../../../../ui/field.tsx';
import { Spinner } from '../../../../../ui/icon.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import type { VariableActions } from '../_hooks/use-form.ts';
import type { ProjectVariables } from '../_hooks/use-project-variables.ts';
import { everyVariable, filterVariables, type VariableFilter } from '../_variables/list-variables.ts';
import type { ShownVariable } from '../_variables/shown-variable.ts';
import { EnvFileTools } from './env-file-tools.tsx';
import { VariableFilterBar } from './variable-filter-bar.tsx';
import { VariableRow } from './variable-row.tsx';
import styles from './variable-table.module.css';

const FILTER_FROM = 10;

interface VariablesCardProps {
  readonly project: string;
  /** In the order they are shown. */
  readonly shown: readonly ShownVariable[];
  readonly variables: ProjectVariables;
  /** Names to mark as required but not set. */
  readonly refused: readonly string[];
  readonly actions: VariableActions;
}

/** Every variable of the stack, once: where it is used, its value, and where that comes from. */
export function VariablesCard({ project, shown, variables, refused, actions }: VariablesCardProps) {
  const [filter, setFilter] = useState<VariableFilter>(everyVariable);
  const { answer, error, isAsking, reload } = variables;
  const fitting = filterVariables(shown, filter);
  return (
    <Card
      title="Variables"
      aside={
        <span role="status">
          {isAsking ? (
            <>
              <Spinner /> Asking…
            </>
          ) : null}
        </span>
      }
      testId="variables"
    >
      <FieldStack>
        {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} testId="variables-error" />}
        {answer?.problems.map(({ code, variable, message }) => (
          <Notice
            key={`${code} ${variable ?? ''}`}
            tone="warn"
            title={variable ?? 'Something is not known now'}
            testId={`environment-problem-${code}`}
          >
            <p>{message}</p>
          </Notice>
        ))}
        {answer === undefined ? null : shown.length === 0 ? (
          <p className={styles['note']}>This project asks for no variables.</p>
        ) : (
          <>
            <EnvFileTools project={project} shown={shown} actions={actions} />
            {shown.length < FILTER_FROM ? null : (
              <VariableFilterBar filter={filter} shown={fitting.length} total={shown.length} onChange={setFilter} />
            )}
            <ul className={styles['rows']} aria-label="Variables">
              {fitting.map((each) => (
                <VariableRow
                  key={each.variable.name}
                  shown={each}
                  isRefused={refused.includes(each.variable.name)}
                  actions={actions}
                />
              ))}
            </ul>
            {fitting.length === 0 ? (
              <p className={styles['note']}>No variable fits. Clear the filter to see them all.</p>
            ) : null}
          </>
        )}
      </FieldStack>
    </Card>
  );
}

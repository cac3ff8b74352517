import { useState } from 'react';
import type { EnvironmentEdits } from '../../_deploy/environment-edits.ts';
import type { EnvironmentVariable, ServiceEnvironment, Setting } from '../../_deploy/environment-variable.ts';
import { everyVariable, filterVariables, type VariableFilter } from '../../_deploy/list-variables.ts';
import type { EnvironmentActions } from '../../_hooks/use-environment-edits.ts';
import styles from './environment-editor.module.css';
import { EnvironmentRow } from './environment-row.tsx';
import { VariableFilterBar } from './variable-filter-bar.tsx';

const FILTER_FROM = 10;

interface EnvironmentEditorProps {
  readonly variables: readonly EnvironmentVariable[];
  readonly problems: ServiceEnvironment['problems'];
  readonly settings: readonly Setting[];
  readonly edits: EnvironmentEdits;
  /** Names to mark as required but not set. */
  readonly refused: readonly string[];
  readonly actions: EnvironmentActions;
}

export function EnvironmentEditor(props: EnvironmentEditorProps) {
  const { variables, problems, settings, edits, refused, actions } = props;
  const [filter, setFilter] = useState<VariableFilter>(everyVariable);
  if (variables.length === 0) return <p className={styles['note']}>This service declares no variables.</p>;
  const shown = filterVariables(variables, filter, { edits, settings, keep: refused });
  return (
    <>
      {variables.length < FILTER_FROM ? null : (
        <VariableFilterBar filter={filter} shown={shown.length} total={variables.length} onChange={setFilter} />
      )}
      <ul className={styles['rows']} aria-label="Variables">
        {shown.map((variable) => (
          <EnvironmentRow
            key={variable.name}
            variable={variable}
            edit={edits.get(variable.name)}
            settings={settings}
            isRefused={refused.includes(variable.name)}
            hasLostSetting={problems.some((problem) => problem.variable === variable.name)}
            actions={actions}
          />
        ))}
      </ul>
      {shown.length === 0 ? (
        <p className={styles['note']}>No variable fits. Clear the filter to see them all.</p>
      ) : null}
    </>
  );
}

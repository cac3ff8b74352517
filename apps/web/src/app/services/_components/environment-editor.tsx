import { useState } from 'react';
import { withEdit, withoutEdit, type EnvironmentVariable } from '../_deploy/environment.ts';
import styles from './environment-editor.module.css';
import { EnvironmentRow } from './environment-row.tsx';

const FILTER_FROM = 12;

interface EnvironmentEditorProps {
  readonly variables: readonly EnvironmentVariable[];
  readonly edits: Readonly<Record<string, string>>;
  /** Names to mark as required but empty. */
  readonly missing: readonly string[];
  readonly onChange: (edits: Readonly<Record<string, string>>) => void;
}

export function EnvironmentEditor({ variables, edits, missing, onChange }: EnvironmentEditorProps) {
  const [filter, setFilter] = useState('');
  if (variables.length === 0) return <p className={styles['note']}>This service declares no variables.</p>;
  const shown = variables.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  const changed = Object.keys(edits).length;
  return (
    <>
      <div className={styles['bar']}>
        <p className={styles['note']} role="status">
          {changed === 0 ? 'Only what you change is sent.' : `${String(changed)} changed; only these are sent.`}{' '}
          <span aria-hidden="true">*</span> <span>marks required ones.</span>
        </p>
        {variables.length < FILTER_FROM ? null : (
          <input
            type="search"
            className={styles['filter']}
            aria-label="Filter variables"
            placeholder={`Filter ${String(variables.length)} variables`}
            value={filter}
            onChange={(event) => {
              setFilter(event.target.value);
            }}
          />
        )}
      </div>
      <ul className={styles['rows']}>
        {shown.map((variable) => (
          <EnvironmentRow
            key={variable.name}
            variable={variable}
            typed={edits[variable.name]}
            isMissing={missing.includes(variable.name)}
            onType={(text) => {
              onChange(withEdit(edits, variable, text));
            }}
            onReset={() => {
              onChange(withoutEdit(edits, variable.name));
            }}
          />
        ))}
      </ul>
      {shown.length === 0 ? <p className={styles['note']}>No variable has “{filter}” in its name.</p> : null}
    </>
  );
}

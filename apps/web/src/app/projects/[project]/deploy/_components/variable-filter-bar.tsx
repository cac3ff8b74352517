import { variableKinds, type VariableFilter, type VariableKind } from '../_variables/list-variables.ts';
import styles from './variable-table.module.css';

interface VariableFilterBarProps {
  readonly filter: VariableFilter;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (filter: VariableFilter) => void;
}

const words: Readonly<Record<VariableKind, string>> = {
  all: 'All',
  required: 'Required',
  changed: 'Changed',
  unset: 'Not set',
  secret: 'Secret',
  weak: 'Weak',
};

export function VariableFilterBar({ filter, shown, total, onChange }: VariableFilterBarProps) {
  return (
    <search className={styles['bar']}>
      <input
        type="search"
        className={styles['filter']}
        aria-label="Filter variables by name, place or source"
        placeholder="Filter by name, place or source"
        value={filter.text}
        data-testid="variable-filter"
        onKeyDown={(event) => {
          // It stands in the form of the deploy, which Enter would send.
          if (event.key === 'Enter') event.preventDefault();
        }}
        onChange={(event) => {
          onChange({ ...filter, text: event.target.value });
        }}
      />
      <select
        className={styles['kind']}
        aria-label="Which variables"
        value={filter.kind}
        data-testid="variable-kind"
        onChange={(event) => {
          onChange({ ...filter, kind: event.target.value as VariableKind });
        }}
      >
        {variableKinds.map((kind) => (
          <option key={kind} value={kind}>
            {words[kind]}
          </option>
        ))}
      </select>
      <p className={styles['note']} role="status" data-testid="variable-count">
        {shown === total ? `${String(total)} variables` : `${String(shown)} of ${String(total)} variables`}
      </p>
    </search>
  );
}

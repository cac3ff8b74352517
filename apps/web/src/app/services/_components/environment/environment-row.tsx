import { memo, useId, useRef, useState } from 'react';
import { IconButton } from '../../../../ui/button.tsx';
import { ValueInput } from '../../../../ui/value-input.tsx';
import type { ValueEdit, VariableEdit } from '../../_deploy/environment-edits.ts';
import type { EnvironmentVariable, Setting } from '../../_deploy/environment-variable.ts';
import { shownVariable, type ShownVariable } from '../../_deploy/shown-variable.ts';
import { typed } from '../../_deploy/typed.ts';
import type { EnvironmentActions } from '../../_hooks/use-environment-edits.ts';
import { CandidatePanel } from './candidate-panel.tsx';
import { EnvironmentFacts } from './environment-facts.tsx';
import styles from './environment-row.module.css';
import { SourceBadge } from './source-badge.tsx';

interface EnvironmentRowProps {
  readonly variable: EnvironmentVariable;
  /** Undefined when untouched. */
  readonly edit: VariableEdit | undefined;
  readonly settings: readonly Setting[];
  /** Required and without a value, after Deploy was pressed. */
  readonly isRefused: boolean;
  /** It is mapped to a setting that is gone. */
  readonly hasLostSetting: boolean;
  readonly actions: EnvironmentActions;
}

/** One variable: its value, where it comes from, and every other value it could have. */
export const EnvironmentRow = memo(function EnvironmentRow(props: EnvironmentRowProps) {
  const { variable, edit, settings, isRefused, hasLostSetting, actions } = props;
  const { name, is_required: isRequired } = variable;
  const id = useId();
  const row = useRef<HTMLLIElement>(null);
  const [isChoosing, setChoosing] = useState(false);
  const shown = shownVariable(variable, edit, settings);
  const setValue = (value: ValueEdit | undefined) => {
    actions.setValue(name, value);
  };
  const notes = [`${id}-source`, `${id}-facts`, ...(isRefused ? [`${id}-refused`] : [])];
  return (
    <li ref={row} className={styles['row']} data-testid={`env-var-editor-${name}`} data-changed={edit !== undefined}>
      <div className={styles['name']}>
        <label htmlFor={id}>
          <code>{name}</code>
          {isRequired ? <RequiredMark /> : null}
        </label>
        <SourceBadge
          id={`${id}-source`}
          source={shown.source}
          isChanged={edit?.value !== undefined}
          testId={`source-${name}`}
        />
      </div>
      <div className={styles['value']}>
        <ValueInput
          id={id}
          value={shown.text}
          isSecret={shown.isSecret}
          placeholder={placeholderOf(shown)}
          required={isRequired}
          aria-invalid={isRefused || undefined}
          aria-describedby={notes.join(' ')}
          testId={`value-input-${name}`}
          onChange={(text) => {
            setValue(typed(variable, edit, settings, text));
          }}
        />
        <IconButton
          icon={shown.isSecret ? 'lock' : 'unlock'}
          label={`Keep ${name} secret`}
          aria-pressed={shown.isSecret}
          data-testid={`secret-${name}`}
          onClick={() => {
            const mark = !shown.isSecret;
            const asItWas =
              edit?.secret !== undefined && mark === shownVariable(variable, unmarked(edit), settings).isSecret;
            actions.setMark(name, asItWas ? undefined : mark);
          }}
        />
        <IconButton
          icon="down"
          label={`Choose a value for ${name}`}
          aria-expanded={isChoosing}
          aria-controls={isChoosing ? `${id}-choices` : undefined}
          data-testid={`map-button-${name}`}
          onClick={() => {
            setChoosing(!isChoosing);
          }}
        />
      </div>
      <EnvironmentFacts
        id={`${id}-facts`}
        variable={variable}
        edit={edit}
        shown={shown}
        hasLostSetting={hasLostSetting}
        actions={actions}
        onReset={() => {
          // The button that was pressed may be gone, and the field another one.
          requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('input, textarea')?.focus());
        }}
      />
      {isRefused ? (
        <p id={`${id}-refused`} className={styles['refused']}>
          Required, but not set. Type a value, or choose one.
        </p>
      ) : null}
      {isChoosing ? (
        <CandidatePanel
          id={`${id}-choices`}
          variable={variable}
          edit={edit?.value}
          isHidden={edit?.secret === true}
          settings={settings}
          onChoose={setValue}
        />
      ) : null}
    </li>
  );
});

function RequiredMark() {
  return (
    <>
      <span className={styles['star']} aria-hidden="true">
        *
      </span>
      <span className="visually-hidden"> required</span>
    </>
  );
}

function unmarked({ secret: _, ...rest }: VariableEdit): VariableEdit {
  return rest;
}

function placeholderOf({ isSet, isSecret, value }: ShownVariable): string {
  if (!isSet) return 'not set';
  if (value === '') return 'empty';
  return isSecret ? 'set, not shown; type to replace' : 'shown once it is saved';
}

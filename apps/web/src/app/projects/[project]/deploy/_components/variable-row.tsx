import { memo, useId, useRef, useState } from 'react';
import { Badge } from '../../../../../ui/badge.tsx';
import { Button, IconButton } from '../../../../../ui/button.tsx';
import { ValueInput } from '../../../../../ui/value-input.tsx';
import type { VariableActions } from '../_hooks/use-form.ts';
import type { ShownVariable } from '../_variables/shown-variable.ts';
import { sourceLabel } from '../_variables/source-label.ts';
import { CandidatePanel } from './candidate-panel.tsx';
import { GeneratePanel } from './generate-panel.tsx';
import { VariableFacts } from './variable-facts.tsx';
import styles from './variable-row.module.css';

interface VariableRowProps {
  readonly shown: ShownVariable;
  /** Required and without a value, after a deploy was tried. */
  readonly isRefused: boolean;
  readonly actions: VariableActions;
}

/** One variable: its value, where it comes from, where it is used, and every other value it could have. */
export const VariableRow = memo(function VariableRow({ shown, isRefused, actions }: VariableRowProps) {
  const { variable, text, isTyped, isSecret, source, weak } = shown;
  const { name, is_required: isRequired } = variable;
  const id = useId();
  const row = useRef<HTMLLIElement>(null);
  const [open, setOpen] = useState<'choices' | 'generate' | null>(null);
  const toggle = (which: 'choices' | 'generate') => {
    setOpen(open === which ? null : which);
  };
  const notes = [`${id}-facts`, ...(isRefused ? [`${id}-refused`] : []), ...(weak === null ? [] : [`${id}-weak`])];
  return (
    <li ref={row} className={styles['row']} data-testid={`variable-${name}`} data-changed={isTyped}>
      <div className={styles['name']}>
        <label htmlFor={id}>
          <code>{name}</code>
          {isRequired ? <RequiredMark /> : null}
        </label>
        <Badge tone={isTyped ? 'info' : 'neutral'} title={shown.reason ?? undefined} long testId={`source-${name}`}>
          {sourceLabel(source)}
        </Badge>
      </div>
      <div className={styles['value']}>
        <ValueInput
          id={id}
          value={text}
          isSecret={isSecret}
          placeholder={placeholderOf(shown)}
          required={isRequired}
          aria-invalid={isRefused || undefined}
          aria-describedby={notes.join(' ')}
          testId={`value-${name}`}
          onChange={(next) => {
            actions.setValue(name, next);
          }}
        />
        <IconButton
          icon={isSecret ? 'lock' : 'unlock'}
          label={`Keep ${name} secret`}
          aria-pressed={isSecret}
          data-testid={`secret-${name}`}
          onClick={() => {
            actions.setSecret(name, !isSecret);
          }}
        />
        <IconButton
          icon="down"
          label={`Choose a value for ${name}`}
          aria-expanded={open === 'choices'}
          data-testid={`choose-${name}`}
          onClick={() => {
            toggle('choices');
          }}
        />
      </div>
      <VariableFacts
        id={`${id}-facts`}
        shown={shown}
        onUndo={() => {
          actions.setValue(name, undefined);
          // The button that was pressed is gone.
          requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('input, textarea')?.focus());
        }}
      />
      {isRefused ? (
        <p id={`${id}-refused`} className={styles['refused']}>
          {variable.required_message ?? 'Required, but not set.'} Type a value, or choose one.
        </p>
      ) : null}
      {weak === null ? null : (
        <p id={`${id}-weak`} className={styles['weak']} data-testid={`weak-${name}`}>
          Weak: {weak}
        </p>
      )}
      {isSecret ? (
        <div className={styles['generate']}>
          <Button
            variant="link"
            aria-expanded={open === 'generate'}
            data-testid={`generate-${name}`}
            onClick={() => {
              toggle('generate');
            }}
          >
            Generate<span className="visually-hidden"> a value for {name}</span>…
          </Button>
        </div>
      ) : null}
      {open === 'generate' ? (
        <GeneratePanel
          name={name}
          onGenerate={(value) => {
            actions.setValue(name, value);
          }}
        />
      ) : null}
      {open === 'choices' ? (
        <CandidatePanel
          shown={shown}
          onChoose={(value) => {
            actions.setValue(name, value);
          }}
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

function placeholderOf({ isSet, isTyped, isSecret, text }: ShownVariable): string {
  if (isTyped || (isSet && text === '' && !isSecret)) return 'empty';
  if (!isSet) return 'not set';
  return isSecret ? 'set, not shown; type to replace' : '';
}

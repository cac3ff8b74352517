import { useId } from 'react';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { sourceOf, type EnvironmentVariable } from '../_deploy/environment.ts';
import styles from './environment-editor.module.css';

interface EnvironmentRowProps {
  readonly variable: EnvironmentVariable;
  /** What the user typed; undefined when untouched. */
  readonly typed: string | undefined;
  readonly isMissing: boolean;
  readonly onType: (text: string) => void;
  readonly onReset: () => void;
}

const sources: Readonly<Record<ReturnType<typeof sourceOf>, { readonly word: string; readonly tone: Tone }>> = {
  typed: { word: 'Typed', tone: 'info' },
  settings: { word: 'Settings', tone: 'neutral' },
  scan: { word: 'Scan', tone: 'neutral' },
  default: { word: 'Compose', tone: 'neutral' },
  none: { word: 'Not set', tone: 'neutral' },
};

export function EnvironmentRow({ variable, typed, isMissing, onType, onReset }: EnvironmentRowProps) {
  const id = useId();
  const { name, is_secret: isSecret, is_required: isRequired } = variable;
  const source = sources[sourceOf(variable, typed === undefined ? {} : { [name]: typed })];
  return (
    <li className={styles['row']} data-testid={`env-var-editor-${name}`}>
      <div className={styles['name']}>
        <label htmlFor={id}>
          <code>{name}</code>
          {isRequired ? (
            <>
              <span className={styles['star']} aria-hidden="true">
                *
              </span>
              <span className="visually-hidden"> required</span>
            </>
          ) : null}
        </label>
        <span className={styles['marks']}>
          {isSecret ? (
            <span className={styles['secret']} title={variable.secret_reason ?? 'Kept in a Secret'}>
              <Icon name="lock" />
              secret
            </span>
          ) : null}
          <Badge tone={source.tone}>{typed === '' ? 'Typed, empty' : source.word}</Badge>
        </span>
      </div>
      <div className={styles['value']}>
        <input
          id={id}
          type={isSecret ? 'password' : 'text'}
          value={typed ?? (isSecret ? '' : (variable.value ?? ''))}
          placeholder={placeholderOf(variable, typed)}
          required={isRequired}
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? `${id}-note` : undefined}
          autoComplete={isSecret ? 'new-password' : 'off'}
          autoCapitalize="off"
          spellCheck={false}
          data-testid={`value-input-${name}`}
          onChange={(event) => {
            onType(event.target.value);
          }}
        />
        {typed === undefined ? null : <IconButton icon="undo" label={`Reset ${name}`} onClick={onReset} />}
        {isMissing ? (
          <p id={`${id}-note`} className={styles['error']}>
            Required, but empty.
          </p>
        ) : null}
      </div>
    </li>
  );
}

function placeholderOf(variable: EnvironmentVariable, typed: string | undefined): string {
  if (typed !== undefined) return 'empty';
  if (!variable.is_set) return 'not set';
  return variable.is_secret ? 'set; type to replace' : 'empty';
}

import { useId, type ReactNode } from 'react';
import styles from './field.module.css';

/** Attributes that tie a control to its label, hint and error. */
export interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly required: boolean;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A label, the control that `children` renders with the given attributes, and below it an error or a hint. */
export function Field({ label, hint, error, required = false, optional = false, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasError = error !== null && error !== undefined;
  const hasNote = hasError || hint !== undefined;
  const control: ControlProps = {
    id,
    className: styles['control'] ?? '',
    required,
    'aria-invalid': hasError ? true : undefined,
    'aria-describedby': hasNote ? noteId : undefined,
  };
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
        {optional ? <span className={styles['optional']}> (optional)</span> : null}
      </label>
      {children(control)}
      {hasNote ? (
        <p id={noteId} className={hasError ? styles['error'] : styles['hint']}>
          {hasError ? error : hint}
        </p>
      ) : null}
    </div>
  );
}

interface CheckboxProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId?: string;
}

export function Checkbox({ label, hint, checked, onChange, testId }: CheckboxProps) {
  return (
    <label className={styles['checkbox']}>
      <input
        type="checkbox"
        checked={checked}
        data-testid={testId}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <span>
        {label}
        {hint === undefined ? null : <span className={styles['hint']}> {hint}</span>}
      </span>
    </label>
  );
}

interface FieldSetProps {
  readonly legend: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** Fields that belong together, under a name of their own. */
export function FieldSet({ legend, hint, children }: FieldSetProps) {
  return (
    <fieldset className={styles['set']}>
      <legend className={styles['label']}>{legend}</legend>
      {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
      {children}
    </fieldset>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>;
}

export function FieldStack({ children }: { readonly children: ReactNode }) {
  return <div className={styles['stack']}>{children}</div>;
}

import type { ComponentProps, ReactNode } from 'react';
import { Field } from './field.tsx';

interface TextInputProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly value: string;
  readonly placeholder?: string;
  readonly inputMode?: ComponentProps<'input'>['inputMode'];
  readonly testId?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

/** A one-line field for names and numbers that the browser is not to correct or fill in. */
export function TextInput({ value, placeholder, inputMode, testId, autoFocus, onChange, ...field }: TextInputProps) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          value={value}
          placeholder={placeholder}
          inputMode={inputMode}
          data-testid={testId}
          data-autofocus={autoFocus}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}

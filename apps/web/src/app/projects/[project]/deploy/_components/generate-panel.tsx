import { useState } from 'react';
import { Button } from '../../../../../ui/button.tsx';
import { Field, FieldRow } from '../../../../../ui/field.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import { formatOf, forms, formWords, generate, lengthHint, unitOf, type Form } from '../_variables/generator.ts';
import styles from './candidate-panel.module.css';

interface GeneratePanelProps {
  readonly name: string;
  readonly onGenerate: (value: string) => void;
}

/** Makes a strong secret of the form that a program wants; it goes into the field, and is shown nowhere else. */
export function GeneratePanel({ name, onGenerate }: GeneratePanelProps) {
  const [form, setForm] = useState<Form>('password');
  const [length, setLength] = useState('32');
  const [isDone, setDone] = useState(false);
  const format = formatOf(form, length);
  const unit = unitOf(form);
  return (
    <div className={styles['panel']} role="group" aria-label={`Generate ${name}`} data-testid={`generator-${name}`}>
      <FieldRow>
        <Field label="Form">
          {(control) => (
            <select
              {...control}
              value={form}
              data-testid={`generate-form-${name}`}
              onChange={(event) => {
                setForm(event.target.value as Form);
              }}
            >
              {forms.map((each) => (
                <option key={each} value={each}>
                  {formWords[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {unit === null ? null : (
          <TextInput
            label={`Length in ${unit}`}
            inputMode="numeric"
            error={format === undefined ? `${lengthHint}.` : undefined}
            value={length}
            testId={`generate-length-${name}`}
            onChange={setLength}
          />
        )}
      </FieldRow>
      <div className={styles['others']}>
        <Button
          small
          icon="key"
          disabled={format === undefined}
          data-testid={`generate-now-${name}`}
          onClick={() => {
            if (format === undefined) return;
            onGenerate(generate(format));
            setDone(true);
          }}
        >
          {isDone ? 'Generate another' : 'Generate'}
        </Button>
        <span className={styles['muted']} role="status">
          {isDone ? 'It is in the field.' : ''}
        </span>
      </div>
    </div>
  );
}

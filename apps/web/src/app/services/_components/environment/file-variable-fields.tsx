import { useState } from 'react';
import { Checkbox, Field, FieldRow } from '../../../../ui/field.tsx';
import { ValueInput } from '../../../../ui/value-input.tsx';
import type { DeployFormState } from '../../_hooks/use-deploy-form.ts';
import styles from './environment-section.module.css';

/** Values for `${…}` of the Compose file, once a compilation has asked for them. */
export function FileVariableFields({ state }: { readonly state: DeployFormState }) {
  const { form, change, fileVariables } = state;
  // They may be passwords, and only the server could tell.
  const [isShown, setShown] = useState(false);
  if (fileVariables.length === 0) return null;
  return (
    <section className={styles['section']} aria-labelledby="file-variables-title" data-testid="file-variables">
      <header className={styles['header']}>
        <h3 id="file-variables-title">Values for the Compose file</h3>
        <p className={styles['note']}>It asks for them outside the environment. They are used once and not kept.</p>
      </header>
      <FieldRow>
        {fileVariables.map(({ name, where, reason }) => (
          <Field
            key={name}
            label={<code>{`\${${name}}`}</code>}
            hint={[where, reason].filter((text) => text !== null).join(': ')}
          >
            {({ className: _, ...control }) => (
              <ValueInput
                {...control}
                value={form.fileVariables.get(name) ?? ''}
                isSecret={!isShown}
                testId={`file-variable-${name}`}
                onChange={(value) => {
                  change({ fileVariables: new Map(form.fileVariables).set(name, value) });
                }}
              />
            )}
          </Field>
        ))}
      </FieldRow>
      <Checkbox label="Show what is typed here" checked={isShown} onChange={setShown} />
    </section>
  );
}

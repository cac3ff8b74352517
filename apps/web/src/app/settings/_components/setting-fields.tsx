import { useState } from 'react';
import type { FieldErrors } from '../../../api/field-errors.ts';
import { Checkbox, Field, FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ValueInput } from '../../../ui/value-input.tsx';
import type { Setting } from '../_settings/filter-settings.ts';
import type { Audience, Secrecy, SettingForm } from '../_settings/setting-form.ts';

interface SettingFieldsProps {
  readonly form: SettingForm;
  readonly errors: FieldErrors;
  readonly setting: Setting | null;
  /** Whether there is one of this path already. */
  readonly replaces: boolean;
  readonly onChange: (part: Partial<SettingForm>) => void;
}

export function SettingFields({ form, errors, setting, replaces, onChange }: SettingFieldsProps) {
  const [isShown, setShown] = useState(false);
  const canBeSecret = form.secrecy !== 'open';
  return (
    <FieldStack>
      <Field
        label="Path"
        hint={setting === null ? pathHint : 'To move it, add it under another path and remove this one.'}
        error={form.path === '' ? null : errors['path']}
      >
        {(control) => (
          <input
            {...control}
            value={form.path}
            placeholder="api_keys.openai_api_key"
            readOnly={setting !== null}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-autofocus={setting === null || undefined}
            data-testid="setting-path-input"
            onChange={(event) => {
              onChange({ path: event.target.value });
            }}
          />
        )}
      </Field>
      {replaces ? (
        <Notice tone="warn" title="There is a setting of this path">
          <p>Saving replaces its value.</p>
        </Notice>
      ) : null}
      <Field label="Value" error={errors['value']} hint="An empty one is a value too.">
        {({ className: _, ...control }) => (
          <ValueInput
            {...control}
            value={form.value}
            isSecret={canBeSecret && !isShown}
            placeholder={setting?.is_secret === true ? 'set, not shown; type to replace' : 'empty'}
            testId="setting-value-input"
            autoFocus={setting !== null}
            onChange={(value) => {
              onChange({ value });
            }}
          />
        )}
      </Field>
      {canBeSecret ? <Checkbox label="Show what is typed" checked={isShown} onChange={setShown} /> : null}
      <Field label="Secret" hint={secrecyHints[form.secrecy]}>
        {(control) => (
          <select
            {...control}
            value={form.secrecy}
            data-testid="setting-secrecy-select"
            onChange={(event) => {
              onChange({ secrecy: event.target.value as Secrecy });
            }}
          >
            <option value="automatic">Automatic: judged by path and value</option>
            <option value="secret">Secret</option>
            <option value="open">Not secret</option>
          </select>
        )}
      </Field>
      <AudienceFields form={form} errors={errors} setting={setting} onChange={onChange} />
    </FieldStack>
  );
}

/** One that is there keeps its project: another project's would be another setting. */
function AudienceFields({ form, errors, setting, onChange }: Omit<SettingFieldsProps, 'replaces'>) {
  const isProjects = form.audience === 'project';
  return (
    <>
      <Field label="Seen by" hint={audienceHints[form.audience]}>
        {(control) => (
          <select
            {...control}
            value={form.audience}
            disabled={setting !== null && setting.project !== null}
            data-testid="setting-audience-select"
            onChange={(event) => {
              onChange({ audience: event.target.value as Audience });
            }}
          >
            <option value="folder">Projects of the folder</option>
            <option value="uploads">All projects, uploaded ones too</option>
            {setting === null || isProjects ? <option value="project">One project</option> : null}
          </select>
        )}
      </Field>
      {isProjects ? (
        <Field label="Project" error={form.project === '' ? null : errors['project']}>
          {(control) => (
            <input
              {...control}
              value={form.project}
              readOnly={setting !== null}
              autoComplete="off"
              spellCheck={false}
              data-testid="setting-project-input"
              onChange={(event) => {
                onChange({ project: event.target.value });
              }}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

const audienceHints: Readonly<Record<Audience, string>> = {
  folder: 'Whoever may upload a project cannot read it through one.',
  uploads: 'Whoever may upload a project can give it a variable of this name, and read the value.',
  project: 'It stands before one of the same path that all projects see.',
};

const secrecyHints: Readonly<Record<Secrecy, string>> = {
  automatic: 'In doubt it is secret.',
  secret: 'Only written, never shown; it goes into the Secret of a service.',
  open: 'Everyone who can open this page sees it.',
};

const pathHint = (
  <>
    Words with dots between. <code>OPENAI_API_KEY</code> takes <code>api_keys.openai_api_key</code> by itself; any other
    variable can be mapped to it when deploying.
  </>
);

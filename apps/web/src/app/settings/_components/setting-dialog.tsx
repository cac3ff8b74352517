'use client';

import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import type { Setting } from '../_settings/filter-settings.ts';
import {
  initialSettingForm,
  isReplacedBy,
  settingErrors,
  toPutRequest,
  type SettingForm,
} from '../_settings/setting-form.ts';
import { SettingFields } from './setting-fields.tsx';

interface SettingDialogProps {
  readonly known: readonly Setting[];
  /** The one to change; null for a new one. */
  readonly setting: Setting | null;
  readonly onClose: () => void;
  readonly onSaved: (setting: Setting) => void;
}

export function SettingDialog({ known, setting, onClose, onSaved }: SettingDialogProps) {
  const [form, setForm] = useState<SettingForm>(() => initialSettingForm(setting));
  const [hasTyped, setTyped] = useState(false);
  const errors = settingErrors(form);
  const isSound = Object.keys(errors).length === 0;
  // A secret's value is not known here: saving an empty field would overwrite it unseen.
  const isLacking = setting?.is_secret === true && !hasTyped;
  const save = useAction(async () => {
    onSaved(await api.putSetting(toPutRequest(form)));
  });
  return (
    <FormDialog
      title={setting === null ? 'Add setting' : 'Change setting'}
      description="Services take the new value with their next deployment."
      testId="setting-modal"
      onClose={onClose}
      action={save}
      submit={{ label: 'Save', busyLabel: 'Saving…', testId: 'save-setting-btn' }}
      isValid={isSound && !isLacking}
      errorTestId="setting-error"
      onSubmit={() => void save.run()}
    >
      <SettingFields
        form={form}
        errors={errors}
        setting={setting}
        replaces={setting === null && known.some((each) => isReplacedBy(each, form))}
        onChange={(part) => {
          setForm((last) => ({ ...last, ...part }));
          if (part.value !== undefined) setTyped(true);
        }}
      />
    </FormDialog>
  );
}

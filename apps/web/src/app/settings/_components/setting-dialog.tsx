'use client';

import { useId, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
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
  const formId = useId();
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
    <Dialog
      title={setting === null ? 'Add setting' : 'Change setting'}
      description="Services take the new value with their next deployment."
      testId="setting-modal"
      onClose={onClose}
      message={save.error === undefined ? null : <ErrorNotice error={save.error} testId="setting-error" />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="primary"
            busy={save.busy}
            disabled={!isSound || isLacking}
            data-testid="save-setting-btn"
          >
            {save.busy ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (isSound && !isLacking && !save.busy) void save.run();
        }}
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
      </form>
    </Dialog>
  );
}

'use client';

import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { FormDialog } from '../../../../ui/form-dialog.tsx';
import { emptyForm, errorsOf, isWhole, newSigningKey, toRequest, type ChannelForm } from '../_channels/channel-form.ts';
import { ChannelFields } from './channel-fields.tsx';

interface ChannelDialogProps {
  readonly onClose: () => void;
  /** With the key it is signed with, which is shown once. */
  readonly onAdded: (name: string, signingKey: string | null) => void;
}

export function ChannelDialog({ onClose, onAdded }: ChannelDialogProps) {
  const [form, setForm] = useState<ChannelForm>(emptyForm);
  const errors = errorsOf(form);
  const add = useAction(async () => {
    const key = newSigningKey();
    const { name, is_signed: isSigned } = await api.createChannel(toRequest(form, key));
    onAdded(name, isSigned ? key : null);
  });
  return (
    <FormDialog
      title="Add channel"
      description="Where notifications go, and which."
      testId="channel-modal"
      onClose={onClose}
      action={add}
      submit={{ label: 'Add', busyLabel: 'Adding…', testId: 'save-channel-btn' }}
      isValid={isWhole(form) && Object.keys(errors).length === 0}
      errorTestId="channel-error"
      onSubmit={() => void add.run()}
    >
      <ChannelFields
        form={form}
        errors={errors}
        onChange={(part) => {
          setForm((last) => ({ ...last, ...part }));
        }}
      />
    </FormDialog>
  );
}

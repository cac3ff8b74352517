'use client';

import { publicOperations, type StackServiceData } from '@ushadow/contracts';
import { useState } from 'react';
import { fieldErrors } from '../../../../api/field-errors.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextInput } from '../../../../ui/text-input.tsx';

interface ScaleDialogProps {
  readonly service: StackServiceData;
  readonly onScale: (replicas: number) => void;
  readonly onClose: () => void;
}

const input = publicOperations.scaleService.input.pick({ replicas: true });

export function ScaleDialog({ service: { service, wanted, overrides }, onScale, onClose }: ScaleDialogProps) {
  const [text, setText] = useState(String(wanted ?? 1));
  const replicas = text.trim() === '' ? Number.NaN : Number(text);
  const error = fieldErrors(input, { replicas })['replicas'];
  const inFile = overrides.find(({ key }) => key === 'replicas')?.file_value;
  const submit = () => {
    if (error !== undefined) return;
    onScale(replicas);
    onClose();
  };
  return (
    <Dialog
      title={`Scale ${service}`}
      testId="scale-modal"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button variant="primary" disabled={error !== undefined} data-testid="confirm-scale-btn" onClick={submit}>
            Scale
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label="Replicas"
          hint={`Holds until the file changes that number${inFile == null ? '' : `, which is ${String(inFile)} there`}.`}
          error={error}
          inputMode="numeric"
          value={text}
          testId="scale-input"
          autoFocus
          onChange={setText}
        />
      </form>
    </Dialog>
  );
}

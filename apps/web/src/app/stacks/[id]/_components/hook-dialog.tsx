'use client';

import { publicOperations, type StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { fieldErrors } from '../../../../api/field-errors.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Checkbox, FieldSet, FieldStack } from '../../../../ui/field.tsx';
import { FormDialog } from '../../../../ui/form-dialog.tsx';
import { TextInput } from '../../../../ui/text-input.tsx';

/** A hook with what nobody is shown again. */
export interface MadeHook {
  readonly name: string;
  readonly url: string;
  readonly signingKey: string | null;
}

interface HookDialogProps {
  readonly stack: StackData;
  readonly onClose: () => void;
  readonly onMade: (made: MadeHook) => void;
}

/** Token and key are made here: no server ever says them. */
const randomText = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

export function HookDialog({ stack: { stack_id, services }, onClose, onMade }: HookDialogProps) {
  const [name, setName] = useState('');
  const [isSigned, setSigned] = useState(true);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = services.map(({ service }) => service).filter((service) => !left.has(service));
  const errors = fieldErrors(publicOperations.createHook.input.pick({ name: true }), { name });
  const make = useAction(async () => {
    const token = randomText().replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const signingKey = isSigned ? `whsec_${randomText()}` : null;
    const hook = await api.createHook({
      ...{ stack_id, name: name.trim(), token },
      ...(signingKey === null ? {} : { signing_key: signingKey }),
      // None named is all of them, and those that come later too.
      ...(left.size === 0 ? {} : { services: chosen }),
    });
    onMade({ name: hook.name, url: `${window.location.origin}/api/hooks/${token}`, signingKey });
  });
  return (
    <FormDialog
      title="Add hook"
      description="Whoever has its address may change images of this stack to others of their repositories."
      testId="hook-modal"
      onClose={onClose}
      action={make}
      submit={{ label: 'Add', busyLabel: 'Adding…', testId: 'save-hook-btn' }}
      isValid={errors['name'] === undefined && chosen.length > 0}
      errorTestId="hook-error"
      onSubmit={() => void make.run()}
    >
      <FieldStack>
        <TextInput
          label="Name"
          hint="What it is called in the audit."
          value={name}
          error={name === '' ? undefined : errors['name']}
          testId="hook-name-input"
          autoFocus
          onChange={setName}
        />
        <FieldSet legend="Services whose image it may change">
          {services.map(({ service }) => (
            <Checkbox
              key={service}
              label={service}
              checked={!left.has(service)}
              testId={`hook-service-${service}`}
              onChange={(isChosen) => {
                setLeft((last) => new Set([...last, service].filter((each) => each !== service || !isChosen)));
              }}
            />
          ))}
        </FieldSet>
        <Checkbox
          label="Every call has to be signed"
          hint="CI and GitHub can sign. Docker Hub cannot: leave it off for that."
          checked={isSigned}
          onChange={setSigned}
        />
      </FieldStack>
    </FormDialog>
  );
}

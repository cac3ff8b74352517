'use client';

import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Checkbox, Field, FieldStack } from '../../../../ui/field.tsx';
import { FormDialog } from '../../../../ui/form-dialog.tsx';

/** A hook with what nobody is shown again. */
export interface MadeHook {
  readonly name: string;
  readonly url: string;
  readonly signingKey: string | null;
}

interface HookDialogProps {
  readonly stackId: string;
  readonly onClose: () => void;
  readonly onMade: (made: MadeHook) => void;
}

/** Token and key are made here: no server ever says them. */
const randomText = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

export function HookDialog({ stackId, onClose, onMade }: HookDialogProps) {
  const [name, setName] = useState('');
  const [isSigned, setSigned] = useState(true);
  const make = useAction(async () => {
    const token = randomText().replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const signingKey = isSigned ? `whsec_${randomText()}` : null;
    const hook = await api.createHook({
      ...{ stack_id: stackId, name: name.trim(), token },
      ...(signingKey === null ? {} : { signing_key: signingKey }),
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
      isValid={name.trim() !== ''}
      onSubmit={() => void make.run()}
    >
      <FieldStack>
        <Field label="Name" hint="What it is called in the audit.">
          {(control) => (
            <input
              {...control}
              value={name}
              autoComplete="off"
              data-testid="hook-name-input"
              onChange={(event) => {
                setName(event.target.value);
              }}
            />
          )}
        </Field>
        <Checkbox label="Every call has to be signed" checked={isSigned} onChange={setSigned} />
      </FieldStack>
    </FormDialog>
  );
}

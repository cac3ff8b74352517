'use client';

import type { HookData, StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { HookDialog, type MadeHook } from './hook-dialog.tsx';

/** Deploy on push: who may say that a new image is there. */
export function HooksCard({ stack }: { readonly stack: StackData }) {
  const { stack_id } = stack;
  const hooks = useQuery('listHooks', { stack_id });
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeHook | null>(null);
  const [revoking, setRevoking] = useState<HookData | null>(null);
  return (
    <Card
      title="Deploy on push"
      testId="stack-hooks"
      flush
      aside={
        <Button
          small
          icon="plus"
          data-testid="add-hook-btn"
          onClick={() => {
            setMaking(true);
          }}
        >
          Add hook
        </Button>
      }
    >
      {hooks.error === undefined ? null : <ErrorNotice error={hooks.error} onRetry={hooks.reload} />}
      {made === null ? null : <MadeNotice made={made} />}
      {(hooks.data?.hooks ?? []).length === 0 ? null : (
        <Table label="Hooks" columns={['Hook', 'Services', 'Signed', 'Last call', 'Actions']}>
          {(hooks.data?.hooks ?? []).map((hook) => (
            <tr key={hook.hook_id} data-testid={`hook-${hook.name}`}>
              <td data-label="Hook">{hook.name}</td>
              <td data-label="Services">{hook.services.join(', ') || 'all'}</td>
              <td data-label="Signed">{hook.is_signed ? 'yes' : 'no'}</td>
              <td data-label="Last call">
                {hook.called_at === null ? 'never' : <TimeAgo at={hook.called_at} />} {hook.result}
              </td>
              <td data-label="Actions">
                <IconButton
                  icon="trash"
                  label={`Revoke ${hook.name}`}
                  onClick={() => {
                    setRevoking(hook);
                  }}
                />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isMaking ? (
        <HookDialog
          stackId={stack_id}
          onClose={() => {
            setMaking(false);
          }}
          onMade={(hook) => {
            setMaking(false);
            setMade(hook);
            hooks.reload();
          }}
        />
      ) : null}
      {revoking === null ? null : (
        <RevokeDialog
          hook={revoking}
          onClose={() => {
            setRevoking(null);
          }}
          onRevoked={() => {
            setRevoking(null);
            hooks.reload();
          }}
        />
      )}
    </Card>
  );
}

function MadeNotice({ made: { name, url, signingKey } }: { readonly made: MadeHook }) {
  return (
    <Notice tone="ok" role="status" title={`${name} is there; this is shown once`} testId="hook-made">
      <p>
        Call <code>{url}</code>
      </p>
      {signingKey === null ? null : (
        <p>
          signed with <code>{signingKey}</code>
        </p>
      )}
    </Notice>
  );
}

interface RevokeDialogProps {
  readonly hook: HookData;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

function RevokeDialog({ hook: { stack_id, hook_id, name }, onClose, onRevoked }: RevokeDialogProps) {
  const revoke = useAction(async () => {
    await api.removeHook({ stack_id, hook_id });
    onRevoked();
  });
  return (
    <ConfirmDialog name="revoke-hook" title={`Revoke ${name}?`} confirm="Revoke hook" action={revoke} onClose={onClose}>
      <p>Its address is good for nothing from then on. What it has deployed stays.</p>
    </ConfirmDialog>
  );
}

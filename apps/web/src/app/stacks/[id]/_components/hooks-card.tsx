'use client';

import type { HookData, StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { Card, CardInset } from '../../../../ui/card.tsx';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { ShownOnce } from '../../../../ui/shown-once.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { HookDialog, type MadeHook } from './hook-dialog.tsx';

/** What was called, and how it went, is seen without a reload. */
const POLL_MS = 10_000;

/** Deploy on push: who may say that a new image is there. */
export function HooksCard({ stack }: { readonly stack: StackData }) {
  const { stack_id } = stack;
  const { data, error, reload } = useQuery('listHooks', { stack_id }, { pollMs: POLL_MS });
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
      <CardInset>
        <p>A hook is an address by which CI or a registry says that a new image is there; the stack then deploys it.</p>
        {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
        {made === null ? null : <Made made={made} />}
        {data?.hooks.length === 0 ? <p data-testid="no-hooks">There is none yet.</p> : null}
        {data === undefined && error === undefined ? <p role="status">Loading hooks…</p> : null}
      </CardInset>
      {data === undefined || data.hooks.length === 0 ? null : <HookTable hooks={data.hooks} onRevoke={setRevoking} />}
      {isMaking ? (
        <HookDialog
          stack={stack}
          onClose={() => {
            setMaking(false);
          }}
          onMade={(hook) => {
            setMaking(false);
            setMade(hook);
            reload();
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
            if (made?.name === revoking.name) setMade(null);
            reload();
          }}
        />
      )}
    </Card>
  );
}

interface HookTableProps {
  readonly hooks: readonly HookData[];
  readonly onRevoke: (hook: HookData) => void;
}

function HookTable({ hooks, onRevoke }: HookTableProps) {
  return (
    <Table label="Hooks" columns={['Hook', 'Services', 'Calls', 'Last call', 'Actions']}>
      {hooks.map((hook) => (
        <tr key={hook.hook_id} data-testid={`hook-${hook.name}`}>
          <td data-label="Hook">{hook.name}</td>
          <td data-label="Services">{hook.services.join(', ') || 'all'}</td>
          <td data-label="Calls">{hook.is_signed ? 'signed' : 'not signed'}</td>
          <td data-label="Last call">
            {hook.called_at === null ? 'never' : <TimeAgo at={hook.called_at} />}
            {hook.result === null ? null : <p>{hook.result}</p>}
          </td>
          <td data-label="Actions">
            <IconButton
              icon="trash"
              label={`Revoke ${hook.name}`}
              data-testid={`revoke-${hook.name}`}
              onClick={() => {
                onRevoke(hook);
              }}
            />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Made({ made: { name, url, signingKey } }: { readonly made: MadeHook }) {
  const key = signingKey === null ? [] : [['Signing key', signingKey] as const];
  return (
    <ShownOnce title={`${name} is there`} secrets={[['Address', url], ...key]} testId="hook-made">
      <p>
        CI sends <code>{'{"service": "web", "tag": "1.2"}'}</code> to it by POST, or an <code>image</code> or a{' '}
        <code>digest</code>; Docker Hub, GHCR, Harbor and other registries send what they send.
      </p>
      {signingKey === null ? null : (
        <p>
          The signature stands in <code>X-Hub-Signature-256</code>, or in the headers of Standard Webhooks.
        </p>
      )}
    </ShownOnce>
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

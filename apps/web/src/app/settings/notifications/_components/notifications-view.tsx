'use client';

import type { ChannelData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { ChannelDialog } from './channel-dialog.tsx';
import { ChannelTable } from './channel-table.tsx';
import { DeliveryTable } from './delivery-table.tsx';

const POLL_MS = 5_000;

export function NotificationsView() {
  const channels = useQuery('listChannels', {}, { pollMs: POLL_MS });
  const deliveries = useQuery('listDeliveries', { limit: 50 }, { pollMs: POLL_MS });
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<ChannelData | null>(null);
  const [added, setAdded] = useState<{ readonly name: string; readonly key: string | null } | null>(null);
  const reload = () => {
    channels.reload();
    deliveries.reload();
  };
  const add = () => {
    setAdding(true);
  };
  return (
    <PageStack testId="notifications-page">
      <PageHeader
        title="Notifications"
        description="Who is told how deployments end, of drift, of clusters that go away and credentials that end."
        actions={
          <>
            <LinkButton href="/settings">Settings</LinkButton>
            <Button variant="primary" icon="plus" data-testid="add-channel-btn" onClick={add}>
              Add channel
            </Button>
          </>
        }
      />
      {added === null ? null : <AddedNotice name={added.name} signingKey={added.key} />}
      {channels.error === undefined ? null : <ErrorNotice error={channels.error} onRetry={channels.reload} />}
      {channels.data === undefined ? (
        channels.error === undefined && <Skeleton label="Loading channels" shape="rows" count={3} />
      ) : channels.data.channels.length === 0 ? (
        <EmptyState
          icon="key"
          title="No channels yet"
          testId="no-channels"
          actions={<Button onClick={add}>Add one</Button>}
        >
          A channel is a webhook, a chat or a mail address.
        </EmptyState>
      ) : (
        <Card title="Channels" flush>
          <ChannelTable channels={channels.data.channels} onChanged={reload} onRemove={setRemoving} />
        </Card>
      )}
      {deliveries.data === undefined || deliveries.data.deliveries.length === 0 ? null : (
        <Card title="Log" flush>
          <DeliveryTable
            deliveries={deliveries.data.deliveries}
            channels={channels.data?.channels ?? []}
            onChanged={reload}
          />
        </Card>
      )}
      {isAdding ? (
        <ChannelDialog
          onClose={() => {
            setAdding(false);
          }}
          onAdded={(name, key) => {
            setAdding(false);
            setAdded({ name, key });
            reload();
          }}
        />
      ) : null}
      {removing === null ? null : (
        <RemoveChannelDialog
          channel={removing}
          onClose={() => {
            setRemoving(null);
          }}
          onRemoved={() => {
            setRemoving(null);
            reload();
          }}
        />
      )}
    </PageStack>
  );
}

function AddedNotice({ name, signingKey }: { readonly name: string; readonly signingKey: string | null }) {
  return (
    <Notice tone="ok" role="status" title={`${name} is added`} testId="channel-added">
      {signingKey === null ? null : (
        <p>
          Its signing key, shown this once: <code>{signingKey}</code>
        </p>
      )}
    </Notice>
  );
}

interface RemoveChannelDialogProps {
  readonly channel: ChannelData;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function RemoveChannelDialog({ channel: { channel_id, name }, onClose, onRemoved }: RemoveChannelDialogProps) {
  const remove = useAction(async () => {
    await api.deleteChannel({ channel_id });
    onRemoved();
  });
  return (
    <ConfirmDialog
      name="remove-channel"
      title={`Remove ${name}?`}
      confirm="Remove channel"
      action={remove}
      onClose={onClose}
    >
      <p>Its secrets and its log go too; what waits for it is not delivered.</p>
    </ConfirmDialog>
  );
}

'use client';

import type { ChannelData } from '@ushadow/contracts';
import { useMemo, useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Button } from '../../../../ui/button.tsx';
import { Breadcrumb } from '../../../../ui/breadcrumb.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { ShownOnce } from '../../../../ui/shown-once.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { namesOf } from '../_channels/event-words.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { ChannelTable } from './channel-table.tsx';
import { DeliveryTable } from './delivery-table.tsx';

const POLL_MS = 5_000;

export function NotificationsView() {
  const channels = useQuery('listChannels', {}, { pollMs: POLL_MS });
  const deliveries = useQuery('listDeliveries', { limit: 50 }, { pollMs: POLL_MS });
  const { data: clusters } = useQuery('listClusters', {});
  const { data: stacks } = useQuery('listStacks', { limit: 200 });
  const names = useMemo(() => namesOf(clusters ?? [], stacks?.stacks ?? []), [clusters, stacks]);
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
        above={<Breadcrumb href="/settings" name="Settings" />}
        title="Notifications"
        description="Who is told how deployments end, of drift, of clusters that go away and credentials that end."
        actions={
          <Button variant="primary" icon="plus" data-testid="add-channel-btn" onClick={add}>
            Add channel
          </Button>
        }
      />
      {added === null ? null : (
        <ShownOnce
          title={`${added.name} is added`}
          secrets={added.key === null ? [] : [['Signing key', added.key]]}
          testId="channel-added"
        />
      )}
      {channels.error === undefined ? null : <ErrorNotice error={channels.error} onRetry={channels.reload} />}
      {channels.data === undefined ? (
        channels.error === undefined && <Skeleton label="Loading channels" shape="rows" count={3} />
      ) : channels.data.channels.length === 0 ? (
        <EmptyState
          icon="upload"
          title="No channels yet"
          testId="no-channels"
          actions={
            <Button variant="primary" icon="plus" onClick={add}>
              Add the first one
            </Button>
          }
        >
          A channel is a webhook, a chat or a mail address. Add one, send it a test, and it is told what you choose.
        </EmptyState>
      ) : (
        <Card title="Channels" flush>
          <ChannelTable channels={channels.data.channels} names={names} onChanged={reload} onRemove={setRemoving} />
        </Card>
      )}
      {deliveries.error === undefined || channels.error !== undefined ? null : (
        <ErrorNotice error={deliveries.error} onRetry={deliveries.reload} />
      )}
      {deliveries.data === undefined || deliveries.data.deliveries.length === 0 ? null : (
        <Card title="Delivery log" aside={<span>the newest fifty</span>} flush>
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
            if (added?.name === removing.name) setAdded(null);
            reload();
          }}
        />
      )}
    </PageStack>
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

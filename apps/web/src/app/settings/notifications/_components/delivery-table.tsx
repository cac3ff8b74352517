import type { ChannelData, DeliveryData } from '@ushadow/contracts';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import type { StatusDisplay } from '../../../../ui/styling.ts';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import styles from './channel-table.module.css';

interface DeliveryTableProps {
  readonly deliveries: readonly DeliveryData[];
  readonly channels: readonly ChannelData[];
  readonly onChanged: () => void;
}

const displays: Readonly<Record<DeliveryData['state'], StatusDisplay>> = {
  waiting: { label: 'Waiting', tone: 'warn', icon: 'clock' },
  delivered: { label: 'Delivered', tone: 'ok', icon: 'check' },
  failed: { label: 'Failed', tone: 'bad', icon: 'cross' },
};

export function DeliveryTable({ deliveries, channels, onChanged }: DeliveryTableProps) {
  const names = new Map(channels.map(({ channel_id: id, name }) => [id, name]));
  return (
    <Table label="Deliveries" columns={['When', 'Channel', 'What', 'State', 'Attempts']} testId="delivery-table">
      {deliveries.map((delivery) => (
        <DeliveryRow
          key={delivery.delivery_id}
          delivery={delivery}
          channel={names.get(delivery.channel_id) ?? ''}
          onChanged={onChanged}
        />
      ))}
    </Table>
  );
}

interface DeliveryRowProps {
  readonly delivery: DeliveryData;
  readonly channel: string;
  readonly onChanged: () => void;
}

function DeliveryRow({ delivery, channel, onChanged }: DeliveryRowProps) {
  const { delivery_id, created_at: at, notification, state, attempts, attempts_made: made } = delivery;
  const { label, tone, icon } = displays[state];
  const again = useAction(async () => {
    await api.resendDelivery({ delivery_id });
    onChanged();
  });
  return (
    <tr>
      <td data-label="When">
        <TimeAgo at={at} />
      </td>
      <td data-label="Channel">{channel}</td>
      <td data-label="What">{notification.title}</td>
      <td data-label="State">
        <Badge tone={tone} icon={icon}>
          {label}
        </Badge>
      </td>
      <td data-label="Attempts">
        <details>
          <summary>
            {made}: {attempts.at(-1)?.message ?? 'none yet'}
          </summary>
          <ol className={styles['attempts']}>
            {attempts.map(({ number, at: when, message, milliseconds, answer }) => (
              <li key={number}>
                {number}. <TimeAgo at={when} />, {milliseconds} ms: {message}
                {answer === null || answer === '' ? null : <code className={styles['answer']}>{answer}</code>}
              </li>
            ))}
          </ol>
          {again.error === undefined ? null : <ErrorNotice error={again.error} />}
          <Button small busy={again.busy} onClick={() => void again.run()}>
            Send again
          </Button>
        </details>
      </td>
    </tr>
  );
}

import type { ChannelData, DeliveryData } from '@ushadow/contracts';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import type { Tone } from '../../../../ui/styling.ts';

interface DeliveryTableProps {
  readonly deliveries: readonly DeliveryData[];
  readonly channels: readonly ChannelData[];
  readonly onChanged: () => void;
}

const tones: Readonly<Record<DeliveryData['state'], Tone>> = { waiting: 'warn', delivered: 'ok', failed: 'bad' };

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
        <Badge tone={tones[state]}>{state}</Badge>
      </td>
      <td data-label="Attempts">
        <details>
          <summary>
            {made}: {attempts.at(-1)?.message ?? 'not yet'}
          </summary>
          <ol>
            {attempts.map(({ number, at: when, message, milliseconds, answer }) => (
              <li key={number} value={number}>
                <TimeAgo at={when} />, {milliseconds} ms: {message}
                {answer === null || answer === '' ? null : <code> {answer}</code>}
              </li>
            ))}
          </ol>
          <Button small busy={again.busy} onClick={() => void again.run()}>
            Send again
          </Button>
        </details>
      </td>
    </tr>
  );
}

import type { ChannelData } from '@ushadow/contracts';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { Tone } from '../../../../ui/styling.ts';
import { eventWords } from '../_channels/event-words.ts';

interface ChannelTableProps {
  readonly channels: readonly ChannelData[];
  readonly onChanged: () => void;
  readonly onRemove: (channel: ChannelData) => void;
}

const tones: Readonly<Record<ChannelData['state'], Tone>> = {
  idle: 'neutral',
  working: 'ok',
  failing: 'warn',
  paused: 'bad',
};

export function ChannelTable({ channels, onChanged, onRemove }: ChannelTableProps) {
  return (
    <Table label="Channels" columns={['Channel', 'Goes to', 'State', 'Told', 'Actions']} testId="channel-table">
      {channels.map((channel) => (
        <ChannelRow key={channel.channel_id} channel={channel} onChanged={onChanged} onRemove={onRemove} />
      ))}
    </Table>
  );
}

function ChannelRow({
  channel,
  onChanged,
  onRemove,
}: Omit<ChannelTableProps, 'channels'> & { readonly channel: ChannelData }) {
  const { channel_id, name, kind, to, state, reason, rules, waiting } = channel;
  const isPaused = state === 'paused';
  const test = useAction(async () => {
    await api.testChannel({ channel_id });
    onChanged();
  });
  const toggle = useAction(async () => {
    await api.updateChannel({ channel_id, paused: !isPaused });
    onChanged();
  });
  const events = [...new Set(rules.flatMap((rule) => rule.events))];
  const error = test.error ?? toggle.error;
  return (
    <tr data-testid={`channel-${name}`}>
      <td data-label="Channel">
        {name} <small>({kind})</small>
      </td>
      <td data-label="Goes to">{to}</td>
      <td data-label="State">
        <Badge tone={tones[state]}>{state}</Badge>
        {reason === null ? null : <p>{reason}</p>}
        {waiting === 0 ? null : <p>{waiting} waiting</p>}
        {error === undefined ? null : <ErrorNotice error={error} />}
      </td>
      <td data-label="Told">{events.map((event) => eventWords[event]).join('; ')}</td>
      <td data-label="Actions">
        <Button small busy={test.busy} data-testid={`test-channel-${name}`} onClick={() => void test.run()}>
          Test
        </Button>
        <Button small busy={toggle.busy} onClick={() => void toggle.run()}>
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
        <IconButton
          icon="trash"
          label={`Remove ${name}`}
          data-testid={`remove-channel-${name}`}
          onClick={() => {
            onRemove(channel);
          }}
        />
      </td>
    </tr>
  );
}

import type { ChannelData, DeliveryAttemptData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import type { StatusDisplay } from '../../../../ui/styling.ts';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { eventWords, kindWords, type Names } from '../_channels/event-words.ts';
import styles from './channel-table.module.css';

interface ChannelTableProps {
  readonly channels: readonly ChannelData[];
  /** Of the clusters and stacks that rules are about. */
  readonly names: Names;
  readonly onChanged: () => void;
  readonly onRemove: (channel: ChannelData) => void;
}

const displays: Readonly<Record<ChannelData['state'], StatusDisplay>> = {
  idle: { label: 'Nothing sent yet', tone: 'neutral', icon: 'clock' },
  working: { label: 'Works', tone: 'ok', icon: 'check' },
  failing: { label: 'Fails', tone: 'bad', icon: 'alert' },
  paused: { label: 'Paused', tone: 'warn', icon: 'minus' },
};

export function ChannelTable({ channels, ...rest }: ChannelTableProps) {
  return (
    <Table label="Channels" columns={['Channel', 'Goes to', 'State', 'Told when', 'Actions']} testId="channel-table">
      {channels.map((channel) => (
        <ChannelRow key={channel.channel_id} channel={channel} {...rest} />
      ))}
    </Table>
  );
}

type ChannelRowProps = Omit<ChannelTableProps, 'channels'> & { readonly channel: ChannelData };

function ChannelRow({ channel, names, onChanged, onRemove }: ChannelRowProps) {
  const { channel_id, name, kind, to, state, rules } = channel;
  const isPaused = state === 'paused';
  const [attempt, setAttempt] = useState<DeliveryAttemptData | null>(null);
  const test = useAction(async () => {
    setAttempt(null);
    setAttempt(await api.testChannel({ channel_id }));
    onChanged();
  });
  const toggle = useAction(async () => {
    await api.updateChannel({ channel_id, paused: !isPaused });
    onChanged();
  });
  return (
    <tr data-testid={`channel-${name}`}>
      <td data-label="Channel">
        <strong>{name}</strong>
        <p className={styles['muted']}>{kindWords[kind]}</p>
      </td>
      <td data-label="Goes to">{to}</td>
      <td data-label="State">
        <Standing channel={channel} />
        {attempt === null ? null : (
          <p role="status" data-testid={`tested-${name}`}>
            {attempt.ok ? 'The test got there' : 'The test did not get there'}: {attempt.message}
          </p>
        )}
        <Failure error={test.error ?? toggle.error} />
      </td>
      <td data-label="Told when">
        {rules.map((rule) => (
          <p key={JSON.stringify(rule)}>
            {rule.events.map((event) => eventWords[event]).join('; ')}
            <span className={styles['muted']}>{names.about(rule)}</span>
          </p>
        ))}
      </td>
      <td data-label="Actions">
        <span className={styles['actions']}>
          <Button small busy={test.busy} data-testid={`test-channel-${name}`} onClick={() => void test.run()}>
            Test<span className="visually-hidden"> {name}</span>
          </Button>
          <Button small busy={toggle.busy} data-testid={`pause-channel-${name}`} onClick={() => void toggle.run()}>
            {isPaused ? 'Go on' : 'Pause'}
            <span className="visually-hidden"> {name}</span>
          </Button>
          <IconButton
            icon="trash"
            label={`Remove ${name}`}
            data-testid={`remove-channel-${name}`}
            onClick={() => {
              onRemove(channel);
            }}
          />
        </span>
      </td>
    </tr>
  );
}

function Standing({ channel: { state, reason, waiting, failing_since: since } }: { readonly channel: ChannelData }) {
  const { label, tone, icon } = displays[state];
  return (
    <>
      <Badge tone={tone} icon={icon} testId="channel-state">
        {label}
      </Badge>
      {reason === null ? null : (
        <p>
          {reason}
          {since === null ? null : (
            <span className={styles['muted']}>
              {' since '}
              <TimeAgo at={since} />
            </span>
          )}
        </p>
      )}
      {waiting === 0 ? null : <p>{waiting} waiting</p>}
    </>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  return error === undefined ? null : <ErrorNotice error={error} />;
}

import { useState } from 'react';
import { absoluteTime, clockTime } from '../../../../ui/format.ts';
import type { LiveState } from '../_events/live-deployment.ts';
import styles from './events-card.module.css';

interface EventsCardProps {
  readonly log: LiveState['log'];
  /** The log grows in place. */
  readonly count: number;
}

/** Every event as it is stored; drawn only while it is unfolded. */
export function EventsCard({ log, count }: EventsCardProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={styles['card']}
      data-testid="events"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <h2>All events</h2>
        <span data-testid="event-count">{count}</span>
      </summary>
      {count === 0 ? <p className={styles['empty']}>None yet.</p> : null}
      {isOpen ? (
        <ol className={styles['list']} tabIndex={0} aria-label="Events">
          {log.map((event) => (
            <li key={event.sequence} data-sequence={event.sequence}>
              <time dateTime={event.time} title={absoluteTime(event.time)}>
                {clockTime(event.time)}
              </time>
              <code>{event.type}</code>
              <span>{event.message}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </details>
  );
}

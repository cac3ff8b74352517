import { absoluteTime, clockTime } from '../../../../ui/format-time.ts';
import type { EventLog } from '../_events/event-log.ts';
import styles from './events-card.module.css';

/** Every event as it is stored. */
export function EventsCard({ log }: { readonly log: EventLog }) {
  return (
    <details className={styles['card']} data-testid="events">
      <summary>
        <h2>All events</h2>
        <span>{log.length}</span>
      </summary>
      {log.length === 0 ? <p className={styles['empty']}>None yet.</p> : null}
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
    </details>
  );
}

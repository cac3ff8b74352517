import type { ProgressEventData } from '@ushadow/contracts';

/** Events of one deployment by sequence, each once. */
export type EventLog = readonly ProgressEventData[];

/** The log with an event; one it already has changes nothing, as after a reconnect with replay. */
export function withEvent(log: EventLog, event: ProgressEventData): EventLog {
  const last = log.at(-1);
  if (last === undefined || event.sequence > last.sequence) return [...log, event];
  if (log.some((known) => known.sequence === event.sequence)) return log;
  return [...log, event].sort((a, b) => a.sequence - b.sequence);
}

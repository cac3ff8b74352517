export interface OutgoingEvent {
  readonly event: string;
  readonly data: unknown;
  /** Where a client that connects again goes on. */
  readonly id?: string | number;
}

/** A comment, so that neither end takes a quiet connection for a dead one. */
export const HEARTBEAT = ': still here\n\n';

/** One server-sent event as it goes over the wire. The only place where one is written: no value can end its own field. */
export function encodeEvent({ event, data, id }: OutgoingEvent): string {
  const idLine = id === undefined ? '' : `id: ${oneLine(String(id))}\n`;
  // JSON spells every line end as an escape, so that data is always one line.
  return `${idLine}event: ${oneLine(event)}\ndata: ${JSON.stringify(data) ?? 'null'}\n\n`;
}

/** How long a client is to wait before it connects again. */
export function encodeRetry(milliseconds: number): string {
  return `retry: ${String(Math.max(0, Math.trunc(milliseconds)))}\n\n`;
}

/** A line end would begin another field, and an id with NUL is ignored by who reads it. */
function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(/[\r\n\0]/g, ' ');
}

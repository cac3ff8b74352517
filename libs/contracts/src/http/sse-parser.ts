export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** Where somebody who has had it goes on, where it says so. */
  readonly id?: string;
}

/** Turns the text of an event stream, cut anywhere, into its events. Comments and `retry` are dropped. */
export class SseParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string | undefined;

  push(chunk: string): ServerSentEvent[] {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.take(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  private take(line: string): ServerSentEvent[] {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    if (field === 'id') this.id = value;
    return [];
  }

  private dispatch(): ServerSentEvent[] {
    const id = this.id === undefined ? {} : { id: this.id };
    const event = { event: this.event === '' ? 'message' : this.event, data: this.data.join('\n'), ...id };
    const isEmpty = this.data.length === 0;
    this.event = '';
    this.data = [];
    this.id = undefined;
    return isEmpty ? [] : [event];
  }
}

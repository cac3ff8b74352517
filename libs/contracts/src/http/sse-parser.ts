export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Turns the text of an event stream, cut anywhere, into its events. Comments and fields not needed here are dropped. */
export class SseParser {
  private rest = '';
  private event = '';
  private data: string[] = [];

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
    return [];
  }

  private dispatch(): ServerSentEvent[] {
    const event = { event: this.event === '' ? 'message' : this.event, data: this.data.join('\n') };
    const isEmpty = this.data.length === 0;
    this.event = '';
    this.data = [];
    return isEmpty ? [] : [event];
  }
}

import type { Readable } from 'node:stream';
import type { ApiFault } from './api-fault.ts';

/** Where the lines of a watch go. */
export type WatchSink = {
  readonly write: (text: string) => void;
  /** Ends in order. */
  readonly end: () => void;
  /** Breaks off, once this much more has been said. */
  readonly breakOff: (last: string) => void;
};

const EXPIRED = `${JSON.stringify({
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'too old resource version: 1 (2)',
    reason: 'Expired',
    code: 410,
  },
})}\n`;

/** Hands the lines of a watch on, as its fault says. */
export function relayWatch(body: Readable, fault: ApiFault | undefined, sink: WatchSink): void {
  const relay = new WatchRelay(fault, sink);
  relay.start();
  body.setEncoding('utf8');
  body.on('data', (text: string) => relay.take(text));
  body.once('end', () => relay.end());
  body.once('error', () => sink.breakOff(''));
}

class WatchRelay {
  readonly #fault: ApiFault | undefined;
  readonly #sink: WatchSink;
  #rest = '';
  #lines = 0;
  #over = false;

  constructor(fault: ApiFault | undefined, sink: WatchSink) {
    this.#fault = fault;
    this.#sink = sink;
  }

  /** What happens before the first line. */
  start(): void {
    if (this.#fault !== undefined && 'afterLines' in this.#fault && this.#fault.afterLines === 0) this.#strike('');
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(`${line}\n`);
  }

  end(): void {
    // A stalled watch says nothing of its end either.
    if (this.#over) return;
    const late = this.#fault?.kind === 'late-watch' ? this.#fault.ms : 0;
    setTimeout(this.#sink.end, late);
  }

  #line(line: string): void {
    if (this.#over) return;
    const fault = this.#fault;
    if (fault !== undefined && 'afterLines' in fault && this.#lines >= fault.afterLines) return this.#strike(line);
    this.#lines += 1;
    if (fault?.kind === 'late-watch') setTimeout(this.#sink.write, fault.ms, line);
    else this.#sink.write(fault?.kind === 'repeat-watch' ? line + line : line);
  }

  #strike(next: string): void {
    this.#over = true;
    switch (this.#fault?.kind) {
      case 'expire-watch':
        this.#sink.write(EXPIRED);
        this.#sink.end();
        break;
      case 'cut-watch':
        // In the middle of a line, where there is one.
        this.#sink.breakOff(next.slice(0, next.length / 2));
        break;
      default: // it has stalled
    }
  }
}

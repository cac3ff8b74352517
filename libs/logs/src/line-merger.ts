import type { LogTime } from './log-time.ts';

/** What is put in order: whatever has a time, a size and a source. */
export interface Timed {
  readonly time: LogTime;
  readonly source: number;
  readonly size: number;
  readonly arrivedAt: number;
  /** It came about when it was written: none that its source wrote before is on its way. */
  readonly isLive: boolean;
}

interface Queue<L> {
  readonly lines: L[];
  /** First of those that are still here; what lies before it is let go of now and then. */
  from: number;
  bytes: number;
  /** Since when it has nothing. */
  emptySince: number;
  /** Those that it has next may take so long. */
  waitMs: number;
}

interface First<L> {
  readonly line: L;
  readonly queue: Queue<L>;
}

export interface MergeWaits {
  /** For the first lines of a source: it is still being asked. */
  readonly firstMs: number;
  /** For the next ones of what was written long before. */
  readonly nextMs: number;
  /** For those of a source whose lines come as they are written. */
  readonly liveMs: number;
}

/** One that says nothing holds up the others for so long; and any line, in case that an earlier one is on its way. */
export const MERGE_WAITS: MergeWaits = { firstMs: 200, nextMs: 25, liveMs: 4 };
const QUEUE_MAX_LINES = 2_000;
const QUEUE_MAX_BYTES = 128 * 1024;
const LET_GO_OF = 1_000;

/**
 * Lines of many sources in the order of their time. A line goes out when every source has a later one, or when those that have
 * none have said nothing for a while and it has waited for a moment; one that comes later still goes out where it is. Of each
 * source little is held: who has no room waits.
 */
export class LineMerger<L extends Timed> {
  readonly #waits: MergeWaits;
  readonly #queues = new Map<number, Queue<L>>();
  /** Those that have lines; their first ones are compared. */
  readonly #ready = new Map<number, Queue<L>>();

  constructor(waits: MergeWaits = MERGE_WAITS) {
    this.#waits = waits;
  }

  open(source: number, now: number): void {
    this.#queues.set(source, { lines: [], from: 0, bytes: 0, emptySince: now, waitMs: this.#waits.firstMs });
  }

  /** It says nothing more; what it has said goes out all the same. */
  close(source: number): void {
    const queue = this.#queues.get(source);
    this.#queues.delete(source);
    if (queue !== undefined && isEmpty(queue)) this.#ready.delete(source);
  }

  hasRoom(source: number): boolean {
    const queue = this.#queues.get(source);
    return queue === undefined || (queue.lines.length - queue.from < QUEUE_MAX_LINES && queue.bytes < QUEUE_MAX_BYTES);
  }

  /** There is something of it that has not gone out. */
  holds(source: number): boolean {
    return this.#ready.has(source);
  }

  push(line: L): void {
    const queue = this.#queues.get(line.source);
    if (queue === undefined) return;
    queue.lines.push(line);
    queue.bytes += line.size;
    queue.waitMs = this.#waitOf(line);
    this.#ready.set(line.source, queue);
  }

  get isEmpty(): boolean {
    return this.#ready.size === 0;
  }

  /** The lines that may go out now, up to so many bytes. */
  take(now: number, maxBytes: number): L[] {
    const taken: L[] = [];
    let bytes = 0;
    while (bytes < maxBytes) {
      const first = this.#first();
      if (first === undefined || this.#readyAt(first.line) > now) break;
      this.#remove(first, now);
      taken.push(first.line);
      bytes += first.line.size;
    }
    return taken;
  }

  /** When there is something to take, as far as is known now; undefined when something has to come first. */
  dueAt(): number | undefined {
    const first = this.#first();
    return first === undefined ? undefined : this.#readyAt(first.line);
  }

  #readyAt(line: L): number {
    let at = -Infinity;
    for (const [source, queue] of this.#queues) {
      if (this.#ready.has(source)) continue;
      if (at === -Infinity) at = line.arrivedAt + this.#waitOf(line);
      at = Math.max(at, queue.emptySince + queue.waitMs);
    }
    return at;
  }

  #waitOf({ isLive }: L): number {
    return isLive ? this.#waits.liveMs : this.#waits.nextMs;
  }

  #first(): First<L> | undefined {
    let first: First<L> | undefined;
    for (const queue of this.#ready.values()) {
      const line = queue.lines[queue.from];
      if (line !== undefined && (first === undefined || line.time < first.line.time)) first = { line, queue };
    }
    return first;
  }

  #remove({ line, queue }: First<L>, now: number): void {
    queue.from += 1;
    queue.bytes -= line.size;
    if (queue.from >= LET_GO_OF) {
      queue.lines.splice(0, queue.from);
      queue.from = 0;
    }
    if (!isEmpty(queue)) return;
    queue.lines.length = 0;
    queue.from = 0;
    queue.emptySince = now;
    this.#ready.delete(line.source);
  }
}

function isEmpty({ lines, from }: { readonly lines: readonly unknown[]; readonly from: number }): boolean {
  return from >= lines.length;
}

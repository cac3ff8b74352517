import type { LogTime } from './log-time.ts';

/** What is put in order: whatever has a time, a size and a source. */
export interface Timed {
  readonly time: LogTime;
  readonly source: number;
  readonly size: number;
}

interface Queue<L> {
  readonly lines: L[];
  /** First of those that are still here; what lies before it is let go of now and then. */
  from: number;
  bytes: number;
  /** Since when it has nothing. */
  emptySince: number;
  hasSpoken: boolean;
}

export interface MergeWaits {
  /** For the first lines of a source: it is still being asked. */
  readonly firstMs: number;
  /** For the next ones. */
  readonly nextMs: number;
}

/** One that says nothing holds up the others for so long. */
export const MERGE_WAITS: MergeWaits = { firstMs: 200, nextMs: 25 };
const QUEUE_MAX_LINES = 500;
const QUEUE_MAX_BYTES = 128 * 1024;
const LET_GO_OF = 1_000;

/**
 * Lines of many sources in the order of their time. A line goes out when every source has a later one or has had nothing for a
 * while; one that comes later still goes out where it is. Of each source little is held: who has no room waits.
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
    this.#queues.set(source, { lines: [], from: 0, bytes: 0, emptySince: now, hasSpoken: false });
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

  push(line: L): void {
    const queue = this.#queues.get(line.source);
    if (queue === undefined) return;
    queue.lines.push(line);
    queue.bytes += line.size;
    queue.hasSpoken = true;
    this.#ready.set(line.source, queue);
  }

  get isEmpty(): boolean {
    return this.#ready.size === 0;
  }

  /** The lines that may go out now, up to so many bytes. */
  take(now: number, maxBytes: number): L[] {
    const taken: L[] = [];
    let bytes = 0;
    while (bytes < maxBytes && this.#ready.size > 0 && this.#readyAt() <= now) {
      const line = this.#next(now);
      if (line === undefined) break;
      taken.push(line);
      bytes += line.size;
    }
    return taken;
  }

  /** When there is something to take, as far as is known now; undefined when something has to come first. */
  dueAt(): number | undefined {
    return this.#ready.size === 0 ? undefined : this.#readyAt();
  }

  #readyAt(): number {
    let at = -Infinity;
    for (const [source, queue] of this.#queues) {
      if (this.#ready.has(source)) continue;
      at = Math.max(at, queue.emptySince + (queue.hasSpoken ? this.#waits.nextMs : this.#waits.firstMs));
    }
    return at;
  }

  #next(now: number): L | undefined {
    let first: L | undefined;
    let of: Queue<L> | undefined;
    for (const queue of this.#ready.values()) {
      const line = queue.lines[queue.from];
      if (line === undefined || (first !== undefined && first.time <= line.time)) continue;
      [first, of] = [line, queue];
    }
    if (first === undefined || of === undefined) return undefined;
    of.from += 1;
    of.bytes -= first.size;
    if (of.from >= LET_GO_OF) {
      of.lines.splice(0, of.from);
      of.from = 0;
    }
    if (isEmpty(of)) {
      of.lines.length = 0;
      of.from = 0;
      of.emptySince = now;
      this.#ready.delete(first.source);
    }
    return first;
  }
}

function isEmpty({ lines, from }: { readonly lines: readonly unknown[]; readonly from: number }): boolean {
  return from >= lines.length;
}

import type { LogNoticeData, LogSourceData } from '@ushadow/contracts';
import { LineMerger, type LogTime, type Position } from '@ushadow/logs';
import { WakeUp } from './wake-up.ts';

/** A line on its way out, with the place of who has had it. */
export interface QueuedLine {
  readonly time: LogTime;
  readonly source: number;
  readonly text: string;
  readonly cut: number;
  readonly size: number;
  readonly arrivedAt: number;
  readonly isLive: boolean;
  readonly key: string;
  readonly position: Position;
}

/** What is said beside lines. */
export type LogEvent =
  | { readonly event: 'source'; readonly data: LogSourceData }
  | { readonly event: 'notice'; readonly data: LogNoticeData }
  | { readonly event: 'interrupted'; readonly data: { readonly message: string } }
  | { readonly event: 'resumed'; readonly data: Readonly<Record<string, never>> };

/** Where a session's lines are sent. Each resolves when there is room for the next. */
export interface LogOutlet {
  event(event: LogEvent): Promise<void>;
  lines(lines: readonly QueuedLine[]): Promise<void>;
  end(): Promise<void>;
}

const BATCH_MAX_BYTES = 64 * 1024;
/** Lines that come one by one are sent together. */
const BATCH_MS = 10;

/** Between those who read logs and the one who sends them on: in order, together, and no more than there is room for. */
export class LogQueue {
  private readonly merger = new LineMerger<QueuedLine>();
  private readonly events: LogEvent[] = [];
  private readonly more = new WakeUp();
  private readonly room = new WakeUp();
  private isFinished = false;
  private isPlaceNews = false;

  open(source: LogSourceData): void {
    this.events.push({ event: 'source', data: source });
    this.merger.open(source.source, performance.now());
    this.more.wake();
  }

  close(source: number): void {
    this.merger.close(source);
    this.more.wake();
  }

  say(event: LogEvent): void {
    // Somebody who has not been told that the cluster was away need not be told that it is back.
    if (event.event === 'resumed' && this.events.at(-1)?.event === 'interrupted') this.events.pop();
    else this.events.push(event);
    this.more.wake();
  }

  push(lines: readonly Omit<QueuedLine, 'arrivedAt'>[]): void {
    const arrivedAt = performance.now();
    // Who sends looks again by himself for as long as there is something to send.
    const isAwaited = this.merger.isEmpty && lines.length > 0;
    for (const line of lines) this.merger.push({ ...line, arrivedAt });
    if (isAwaited) this.more.wake();
  }

  /** Resolves when a source may say more. */
  async untilRoom(source: number, signal: AbortSignal): Promise<void> {
    while (!this.merger.hasRoom(source) && !signal.aborted) await this.room.wait(Infinity, signal);
  }

  /** Resolves when all that a source has said so far has gone out. */
  async untilSent(source: number, signal: AbortSignal): Promise<void> {
    while (this.holds(source) && !signal.aborted) await this.room.wait(Infinity, signal);
  }

  /** There is something of it that has not gone out. */
  holds(source: number): boolean {
    return this.merger.holds(source);
  }

  /** Where somebody goes on is news, also where there is no line to tell it with. */
  tellPlace(): void {
    this.isPlaceNews = true;
    this.more.wake();
  }

  /** Nothing comes any more. */
  finish(): void {
    this.isFinished = true;
    this.more.wake();
  }

  /** Sends what comes until that was all, or the signal. */
  async sendTo(outlet: LogOutlet, signal: AbortSignal): Promise<void> {
    let sentAt = -Infinity;
    while (!signal.aborted) {
      // Also those that come while one is sent: a source is named before its lines.
      for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) await outlet.event(event);
      const lines = this.merger.take(performance.now(), BATCH_MAX_BYTES);
      if (lines.length > 0 || this.isPlaceNews) {
        this.isPlaceNews = false;
        this.room.wake();
        await outlet.lines(lines);
        sentAt = performance.now();
      }
      if (this.isFinished && this.merger.isEmpty && this.events.length === 0) return outlet.end();
      if (this.merger.isEmpty) await this.more.wait(Infinity, signal);
      const now = performance.now();
      const due = Math.max(this.merger.dueAt() ?? now, sentAt + BATCH_MS) - now;
      // A source that says something may be what the first line waits for.
      if (due > 0) await this.more.wait(Math.min(due, BATCH_MS), signal);
    }
  }
}

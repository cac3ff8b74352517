import type { LogNoticeData } from '@ushadow/contracts';
import type { LogQueue } from './log-queue.ts';

/** What a session says that concerns no container alone. */
export class SessionNotices {
  readonly #queue: LogQueue;
  readonly #troubled = new Set<string>();
  readonly #told = new Set<string>();

  constructor(queue: LogQueue) {
    this.#queue = queue;
  }

  /** Something cannot be read now, or, without a message, can be again. Only the first and the last of them are told. */
  trouble(of: string, message: string | undefined): void {
    const had = this.#troubled.size > 0;
    if (message === undefined) this.#troubled.delete(of);
    else this.#troubled.add(of);
    const has = this.#troubled.size > 0;
    if (!had && message !== undefined) this.#queue.say({ event: 'interrupted', data: { message } });
    if (had && !has) this.#queue.say({ event: 'resumed', data: {} });
  }

  /** Each once. */
  tell(code: LogNoticeData['code'], message: string): void {
    const id = `${code} ${message}`;
    if (this.#told.has(id)) return;
    this.#told.add(id);
    this.#queue.say({ event: 'notice', data: { source: null, code, message } });
  }
}

import { connect, type Socket } from 'node:net';

interface Held {
  readonly due: number;
  readonly deliver: () => void;
}

/** How a link treats what passes. */
export interface LinkConditions {
  /** Milliseconds that each byte is late, each way. */
  readonly latencyMs: number;
  /** Nothing passes for now; it is delivered later. */
  readonly paused: boolean;
}

/** One connection through a proxy: two sockets, and what is under way between them. */
export class TcpLink {
  readonly near: Socket;
  readonly far: Socket;
  #conditions: LinkConditions;
  #silent = false;
  readonly #ways: readonly Way[];

  constructor(near: Socket, target: { readonly host: string; readonly port: number }, conditions: LinkConditions) {
    this.near = near;
    this.far = connect({ ...target, noDelay: true, allowHalfOpen: true });
    this.#conditions = conditions;
    near.setNoDelay(true);
    const current = (): LinkConditions => this.#conditions;
    this.#ways = [new Way(near, this.far, current), new Way(this.far, near, current)];
    for (const [socket, other] of [
      [near, this.far],
      [this.far, near],
    ] as const) {
      socket.on('error', () => this.#otherEnds(other));
      socket.once('close', () => this.#otherEnds(other));
    }
  }

  setConditions(conditions: LinkConditions): void {
    this.#conditions = conditions;
    for (const way of this.#ways) way.review();
  }

  /** From now on nothing passes any more, and neither end is notified: the peer seems to have vanished. */
  silence(): void {
    this.#silent = true;
    for (const way of this.#ways) way.stop();
  }

  /** Ends the connection by a reset, as when the peer's process is gone. */
  reset(): void {
    for (const socket of [this.near, this.far]) socket.resetAndDestroy();
  }

  destroy(): void {
    for (const socket of [this.near, this.far]) socket.destroy();
  }

  #otherEnds(other: Socket): void {
    // The end of a silent link reaches nobody.
    if (!this.#silent || other === this.far) other.destroy();
  }
}

/** One direction: bytes in their order, late by what the conditions say. */
class Way {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #conditions: () => LinkConditions;
  readonly #held: Held[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(from: Socket, to: Socket, conditions: () => LinkConditions) {
    this.#from = from;
    this.#to = to;
    this.#conditions = conditions;
    from.on('data', (bytes: Buffer) => this.#take(() => this.#write(bytes)));
    from.on('end', () => this.#take(() => to.end()));
    to.on('drain', () => this.review());
  }

  stop(): void {
    this.#stopped = true;
    this.#held.length = 0;
    clearTimeout(this.#timer);
  }

  /** Delivers what is due, and sees to the next. */
  review(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    if (this.#conditions().paused) {
      this.#from.pause();
      return;
    }
    if (!this.#to.writableNeedDrain) this.#from.resume();
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      const waitMs = next.due - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.review(), waitMs);
        return;
      }
      this.#held.shift();
      next.deliver();
    }
  }

  #take(deliver: () => void): void {
    if (this.#stopped) return;
    const last = this.#held.at(-1)?.due ?? 0;
    this.#held.push({ due: Math.max(last, performance.now() + this.#conditions().latencyMs), deliver });
    this.review();
  }

  #write(bytes: Buffer): void {
    if (this.#to.writable && !this.#to.write(bytes)) this.#from.pause();
  }
}

import { createHash, randomBytes } from 'node:crypto';

const TICKET_BYTES = 32;
const LIFE_MS = 30_000;

interface Issued<T> {
  readonly what: T;
  readonly certificate: string;
  readonly timer: NodeJS.Timeout;
}

/** What may be asked for once, for a short time, and by one certificate alone. Kept by their digests. */
export class Tickets<T> {
  private readonly issued = new Map<string, Issued<T>>();
  private readonly lifeMs: number;

  constructor(lifeMs = LIFE_MS) {
    this.lifeMs = lifeMs;
  }

  get size(): number {
    return this.issued.size;
  }

  issue(what: T, certificate: string): string {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const id = idOf(ticket);
    const timer = setTimeout(() => this.issued.delete(id), this.lifeMs);
    timer.unref();
    this.issued.set(id, { what, certificate, timer });
    return ticket;
  }

  /** Undefined for one that never was, is used, too old, or somebody else's, who does not use it up by trying. */
  take(ticket: string, certificate: string): T | undefined {
    const id = idOf(ticket);
    const found = this.issued.get(id);
    if (found === undefined || found.certificate !== certificate) return undefined;
    this.issued.delete(id);
    clearTimeout(found.timer);
    return found.what;
  }

  clear(): void {
    for (const { timer } of this.issued.values()) clearTimeout(timer);
    this.issued.clear();
  }
}

function idOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}

import { Inject, Injectable } from '@nestjs/common';
import { operations } from '@ushadow/contracts';
import { BusConnection, RpcCaller } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import { createHash } from 'node:crypto';
import type { Subject } from './subject.ts';

/** What was taken from somebody ends after this at the latest. */
const FRESH_MS = 2_000;
const KEPT_MAX = 10_000;

interface Kept {
  readonly subject: Promise<Subject>;
  readonly until: number;
}

/** Whose a token is, as access-service says; asked again every few seconds. No other process sees the token. */
@Injectable()
export class Authenticator {
  private readonly kept = new Map<string, Kept>();

  private readonly caller: RpcCaller;
  private readonly connection: BusConnection;

  constructor(@Inject(RpcCaller) caller: RpcCaller, @Inject(BusConnection) connection: BusConnection) {
    this.caller = caller;
    this.connection = connection;
  }

  /** @throws DomainError TOKEN_UNKNOWN */
  subject(token: string): Promise<Subject> {
    const digest = createHash('sha256').update(token).digest('hex');
    const kept = this.kept.get(digest);
    if (kept !== undefined && kept.until > Date.now()) return kept.subject;
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    const own = this.connection.ownContext();
    const context = { ...own, requestId: currentRequestContext()?.requestId ?? own.requestId };
    const subject = this.caller.call(operations.authenticate, { digest }, context);
    this.kept.set(digest, { subject, until: Date.now() + FRESH_MS });
    // Who is not known, or could not be asked for, is asked for again at once.
    subject.catch(() => this.kept.delete(digest));
    return subject;
  }
}

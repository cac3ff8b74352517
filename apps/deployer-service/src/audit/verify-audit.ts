import type { operations, OutputOf } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import type { AuditStore } from './audit.store.ts';
import { ChainWalk, type Break } from './verify-chain.ts';

const PAGE = 1_000;

/** Walks the whole trail. The head is read first: what is added meanwhile is not part of the answer. */
export class VerifyAudit {
  private readonly store: AuditStore;
  private readonly logger: Logger;

  constructor(store: AuditStore, logger: Logger) {
    this.store = store;
    this.logger = logger;
  }

  async run(): Promise<OutputOf<typeof operations.verifyAudit>> {
    const head = await this.store.head();
    const walk = new ChainWalk();
    const broken = await this.walkTo(head.sequence, walk);
    const result = broken ?? walk.end(head);
    if (result !== undefined) this.logger.error({ broken: result }, 'the audit trail is broken');
    return { intact: result === undefined, entries: walk.good.sequence, head: { ...head }, broken: result ?? null };
  }

  private async walkTo(last: number, walk: ChainWalk): Promise<Break | undefined> {
    for (;;) {
      const entries = await this.store.following(walk.good.sequence, PAGE);
      for (const entry of entries) {
        if (entry.sequence > last) return this.afterHead(last, walk);
        const broken = walk.take(entry);
        if (broken !== undefined) return broken;
      }
      if (entries.length < PAGE) return undefined;
    }
  }

  /** An entry beyond the head was added since the head was read, or was put there by somebody else. */
  private async afterHead(last: number, walk: ChainWalk): Promise<Break | undefined> {
    const now = await this.store.head();
    if (now.sequence > last) return undefined;
    const [stray] = await this.store.following(walk.good.sequence, 1);
    return stray === undefined ? undefined : (walk.take(stray) ?? walk.end(now));
  }
}

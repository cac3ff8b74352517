import type { Logger } from '@ushadow/observability';
import { checkSeal, streamProblem, type AuditTrail } from '@ushadow/postgres';
import type { AuditStream } from './audit-stream.ts';

/** Well below what the stream keeps messages for. */
const AGAIN_MS = 3_600_000;
/** Entries come in bursts: one anchor stands for all of them. */
const SETTLE_MS = 500;

interface Parts {
  readonly trail: Pick<AuditTrail, 'service' | 'keys' | 'newest' | 'at' | 'following'>;
  readonly stream: AuditStream;
  readonly isOpen: () => boolean;
  readonly logger: Logger;
}

/**
 * Tells the stream of the newest entry: after each burst, and once an hour. An anchor is only ever put after one that the
 * trail still holds, so that a trail that was put back or cut is found, however much is added to it afterwards.
 */
export class AuditAnchor {
  private readonly parts: Parts;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.schedule();
    }, AGAIN_MS);
    this.schedule();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    if (this.soon !== undefined) {
      clearTimeout(this.soon);
      this.publish();
    }
    await this.running;
  }

  schedule(): void {
    this.soon ??= setTimeout(() => {
      this.publish();
    }, SETTLE_MS);
  }

  private publish(): void {
    this.soon = undefined;
    this.running = this.run().catch((error: unknown) => {
      this.parts.logger.warn({ err: error }, 'the newest audit entry could not be told to the stream');
    });
  }

  /** Whoever was overtaken by another process has nothing left to publish. */
  async run(): Promise<void> {
    const { trail, stream, isOpen, logger } = this.parts;
    if (!isOpen()) return;
    const before = await stream.anchor();
    const newest = await trail.newest();
    const problem = await streamProblem(trail, before, stream, newest);
    if (problem !== undefined) {
      logger.error({ broken: problem }, `the audit is broken: ${problem.message}`);
      return;
    }
    const { sequence, seal } = newest;
    const row = await trail.at(sequence);
    // What has no good seal is not published as ours; whoever verifies the trail sees it.
    if (row === undefined || checkSeal(trail.keys, row) !== 'good') return;
    if (before?.sequence === sequence && Date.now() - Date.parse(before.time) < AGAIN_MS / 2) return;
    await stream.setAnchor({ sequence, seal, time: new Date().toISOString() }, before);
  }
}

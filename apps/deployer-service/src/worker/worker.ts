import { events } from '@ushadow/contracts';
import { DeadLetterConsumer, JobConsumer, type BusConnection } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { RecordDeadLetter } from '../dead-letters/record-dead-letter.ts';
import type { RunDeployment } from './run-deployment.ts';
import type { SettleUnknown } from './settle-unknown.ts';
import type { Sweeper } from './sweeper.ts';

/** Takes deployments from the queue, and wakes up those that were forgotten. */
export class Worker {
  private readonly consumer: JobConsumer<typeof events.deployRequested>;
  private readonly deadLetters: DeadLetterConsumer;
  private readonly runDeployment: RunDeployment;
  private readonly sweeper: Sweeper;
  private readonly settleUnknown: SettleUnknown;
  private stopping: Promise<void> | undefined;

  constructor(parts: {
    connection: BusConnection;
    runDeployment: RunDeployment;
    sweeper: Sweeper;
    settleUnknown: SettleUnknown;
    recordDeadLetter: RecordDeadLetter;
    concurrency: number;
    logger: Logger;
  }) {
    this.runDeployment = parts.runDeployment;
    this.sweeper = parts.sweeper;
    this.settleUnknown = parts.settleUnknown;
    const { connection, logger, concurrency } = parts;
    const recordDeadLetter = parts.recordDeadLetter.run.bind(parts.recordDeadLetter);
    this.deadLetters = new DeadLetterConsumer(connection, { logger, recordDeadLetter });
    this.consumer = new JobConsumer(connection, {
      event: events.deployRequested,
      ...{ concurrency, logger, recordDeadLetter },
      work: ({ deployment_id }) => this.runDeployment.run(deployment_id),
    });
  }

  start(): void {
    void this.consumer.run();
    void this.deadLetters.run();
    this.sweeper.start();
    this.settleUnknown.start();
  }

  /** Lets go of everything; asked again, waits for the same end. */
  stop(): Promise<void> {
    this.stopping ??= this.letGo();
    return this.stopping;
  }

  private async letGo(): Promise<void> {
    // Nothing new first: what is put back must not come here again.
    const consumed = this.consumer.stop();
    this.settleUnknown.stop();
    this.runDeployment.handOver();
    await Promise.all([consumed, this.deadLetters.stop(), this.sweeper.stop()]);
  }
}

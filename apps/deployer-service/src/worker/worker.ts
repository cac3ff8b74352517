import { Inject, Injectable } from '@nestjs/common';
import { events } from '@ushadow/contracts';
import { DeadLetterConsumer, JobConsumer, BusConnection } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { RecordDeadLetter } from '../dead-letters/record-dead-letter.ts';
import { RunDeployment } from './run/run-deployment.ts';
import { SettleUnknown } from './settle/settle-unknown.ts';
import { Sweeper } from './lease/sweeper.ts';

/** Takes deployments from the queue, and requeues those that were forgotten; none of it in a process that only answers. */
@Injectable()
export class Worker {
  private readonly consumer: JobConsumer<typeof events.deployRequested>;
  private readonly deadLetters: DeadLetterConsumer;
  private readonly isOn: boolean;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly runDeployment: RunDeployment,
    private readonly sweeper: Sweeper,
    private readonly settleUnknown: SettleUnknown,
    recorder: RecordDeadLetter,
    connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) { WORKER_CONCURRENCY: concurrency }: DeployerConfig,
  ) {
    this.isOn = concurrency > 0;
    const recordDeadLetter = recorder.run.bind(recorder);
    this.deadLetters = new DeadLetterConsumer(connection, { logger, recordDeadLetter });
    this.consumer = new JobConsumer(connection, {
      event: events.deployRequested,
      ...{ concurrency, logger, recordDeadLetter },
      work: ({ deployment_id }) => this.runDeployment.run(deployment_id),
    });
  }

  start(): void {
    if (!this.isOn) return;
    void this.consumer.run();
    void this.deadLetters.run();
    this.sweeper.start();
    this.settleUnknown.start();
  }

  /** Stops all of it; asked again, waits for the same end. */
  stop(): Promise<void> {
    this.stopping ??= this.isOn ? this.stopAll() : Promise.resolve();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    // Nothing new first: what is put back must not come here again.
    const consumed = this.consumer.stop();
    this.settleUnknown.stop();
    this.runDeployment.handOver();
    await Promise.all([consumed, this.deadLetters.stop(), this.sweeper.stop()]);
  }
}

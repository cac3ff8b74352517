import { events } from '@ushadow/contracts';
import { JobConsumer, type BusConnection } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { RunDeployment } from './run-deployment.ts';
import type { Sweeper } from './sweeper.ts';

/** Takes deployments from the queue, and wakes up those that were forgotten. */
export class Worker {
  private readonly consumer: JobConsumer<typeof events.deployRequested>;
  private readonly runDeployment: RunDeployment;
  private readonly sweeper: Sweeper;

  constructor(parts: {
    connection: BusConnection;
    runDeployment: RunDeployment;
    sweeper: Sweeper;
    concurrency: number;
    logger: Logger;
  }) {
    this.runDeployment = parts.runDeployment;
    this.sweeper = parts.sweeper;
    this.consumer = new JobConsumer(parts.connection, {
      event: events.deployRequested,
      concurrency: parts.concurrency,
      logger: parts.logger,
      work: ({ deployment_id }) => this.runDeployment.run(deployment_id),
      giveUp: ({ deployment_id }, deliveries) => this.runDeployment.giveUp(deployment_id, deliveries),
    });
  }

  start(): void {
    void this.consumer.run();
    this.sweeper.start();
  }

  async stop(): Promise<void> {
    this.sweeper.stop();
    this.runDeployment.handOver();
    await this.consumer.stop();
  }
}

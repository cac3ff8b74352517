import { Injectable } from '@nestjs/common';
import { events } from '@ushadow/contracts';
import type { DeadLetter } from '@ushadow/messaging';
import { RunDeployment } from '../worker/run/run-deployment.ts';
import { DeadLetterStore } from './dead-letter.store.ts';

/** Writes a dead letter down, and ends the deployment that nobody could deal with. */
@Injectable()
export class RecordDeadLetter {
  constructor(
    private readonly store: DeadLetterStore,
    private readonly runDeployment: RunDeployment,
  ) {}

  async run({ sequence, storedAt, data, deliveries, reason }: DeadLetter): Promise<void> {
    const job = events.deployRequested.data.safeParse(data);
    const deploymentId = job.success ? job.data.deployment_id : null;
    await this.store.add({ streamSequence: sequence, storedAt, deploymentId, deliveries, reason });
    if (deploymentId !== null) await this.runDeployment.giveUp(deploymentId, `Its wake-up was ${reason}.`);
  }
}

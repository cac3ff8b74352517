import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { DeploymentsController } from './deployments.controller.ts';
import { BeginDeployment } from './begin-deployment.ts';
import { CancelDeployment } from './cancel-deployment.ts';
import { GetDeployment } from './get-deployment.ts';
import { LastEnvironment } from './last-environment.ts';
import { ListDeploymentEvents } from './list-deployment-events.ts';
import { StartDeployment } from './start-deployment.ts';

@Module({
  imports: [OutboxModule, StoreModule, UpdatesModule],
  controllers: [DeploymentsController],
  providers: [BeginDeployment, CancelDeployment, GetDeployment, LastEnvironment, ListDeploymentEvents, StartDeployment],
  exports: [BeginDeployment],
})
export class DeploymentsModule {}

import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { BusConnection, EventBus, MessagingModule, RpcCaller } from '@ushadow/messaging';
import { Background } from './background.ts';
import { composeParts, type Parts } from './compose-parts.ts';
import type { Resources } from './compose-shared.ts';
import { AuditController } from './audit/audit.controller.ts';
import { ListAudit } from './audit/list-audit.ts';
import { VerifyAudit } from './audit/verify-audit.ts';
import { DeadLetterStore } from './dead-letters/dead-letter.store.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { DeadLettersController } from './dead-letters/dead-letters.controller.ts';
import { CancelDeployment } from './deployments/cancel-deployment.ts';
import { DeploymentStore } from './deployments/deployment.store.ts';
import { DeploymentsController } from './deployments/deployments.controller.ts';
import { GetDeployment } from './deployments/get-deployment.ts';
import { LastEnvironment } from './deployments/last-environment.ts';
import { ListDeploymentEvents } from './deployments/list-deployment-events.ts';
import { StartDeployment } from './deployments/start-deployment.ts';
import { ApplyEnvmap } from './envmap/apply-envmap.ts';
import { EnvmapController } from './envmap/envmap.controller.ts';
import { GetHistory } from './history/get-history.ts';
import { HistoryController } from './history/history.controller.ts';
import { Rollback } from './history/rollback.ts';
import { GetPlan } from './plans/get-plan.ts';
import { PlansController } from './plans/plans.controller.ts';
import { ListPods } from './pods/list-pods.ts';
import { PodsController } from './pods/pods.controller.ts';
import { ChangeService } from './services/change-service.ts';
import { ServicesController } from './services/services.controller.ts';
import { DeployStack } from './stacks/deploy-stack.ts';
import { PlanStack } from './stacks/plan-stack.ts';
import { RedeployStack } from './stacks/redeploy-stack.ts';
import { RemoveStack } from './stacks/remove-stack.ts';
import { StackStore } from './stacks/stack.store.ts';
import { ShowStacks } from './stacks/show-stacks.ts';
import { StacksController } from './stacks/stacks.controller.ts';

const PARTS = Symbol('parts');

function provide<T>(token: Type<T>, pick: (parts: Parts) => T): FactoryProvider<T> {
  return { provide: token, useFactory: pick, inject: [PARTS] };
}

@Module({})
export class AppModule {
  static forRoot(resources: Resources): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot(resources.bus)],
      controllers: [
        AuditController,
        DeadLettersController,
        DeploymentsController,
        EnvmapController,
        HistoryController,
        PlansController,
        PodsController,
        ServicesController,
        StacksController,
      ],
      providers: [
        {
          provide: PARTS,
          useFactory: (connection: BusConnection, events: EventBus, caller: RpcCaller) =>
            composeParts(resources, { connection, events, caller }),
          inject: [BusConnection, EventBus, RpcCaller],
        },
        provide(DeploymentStore, (parts) => parts.deployments),
        provide(DeadLetterStore, (parts) => parts.deadLetters),
        provide(OutboxStore, ({ outbox }) => outbox),
        provide(StackStore, (parts) => parts.stacks),
        provide(PlanStack, (parts) => parts.planStack),
        provide(DeployStack, (parts) => parts.deployStack),
        provide(RedeployStack, (parts) => parts.redeployStack),
        provide(RemoveStack, (parts) => parts.removeStack),
        provide(ShowStacks, (parts) => parts.showStacks),
        provide(GetPlan, (parts) => parts.getPlan),
        provide(StartDeployment, (parts) => parts.startDeployment),
        provide(CancelDeployment, (parts) => parts.cancelDeployment),
        provide(GetDeployment, (parts) => parts.getDeployment),
        provide(ListDeploymentEvents, (parts) => parts.listDeploymentEvents),
        provide(LastEnvironment, (parts) => parts.lastEnvironment),
        provide(GetHistory, (parts) => parts.getHistory),
        provide(Rollback, (parts) => parts.rollback),
        provide(ChangeService, (parts) => parts.changeService),
        provide(ListAudit, (parts) => parts.listAudit),
        provide(VerifyAudit, (parts) => parts.verifyAudit),
        provide(ApplyEnvmap, (parts) => parts.applyEnvmap),
        provide(ListPods, (parts) => parts.listPods),
        provide(Background, (parts) => parts.background),
      ],
    };
  }
}

import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { BusConnection, EventBus, MessagingModule, RpcCaller } from '@ushadow/messaging';
import { Background } from './background.ts';
import { composeParts, type Parts, type Resources } from './compose-parts.ts';
import { DeploymentStore } from './deployments/deployment.store.ts';
import { DeploymentsController } from './deployments/deployments.controller.ts';
import { GetDeployment } from './deployments/get-deployment.ts';
import { LastEnvironment } from './deployments/last-environment.ts';
import { ListDeploymentEvents } from './deployments/list-deployment-events.ts';
import { StartDeployment } from './deployments/start-deployment.ts';
import { ApplyEnvmap } from './envmap/apply-envmap.ts';
import { EnvmapController } from './envmap/envmap.controller.ts';
import { ListPods } from './pods/list-pods.ts';
import { PodsController } from './pods/pods.controller.ts';

const PARTS = Symbol('parts');

function provide<T>(token: Type<T>, pick: (parts: Parts) => T): FactoryProvider<T> {
  return { provide: token, useFactory: pick, inject: [PARTS] };
}

@Module({})
export class AppModule {
  static forRoot(resources: Resources): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot({ url: resources.config.NATS_URL, service: 'deployer-service' })],
      controllers: [DeploymentsController, EnvmapController, PodsController],
      providers: [
        {
          provide: PARTS,
          useFactory: (connection: BusConnection, events: EventBus, caller: RpcCaller) =>
            composeParts(resources, { connection, events, caller }),
          inject: [BusConnection, EventBus, RpcCaller],
        },
        provide(DeploymentStore, (parts) => parts.deployments),
        provide(StartDeployment, (parts) => parts.startDeployment),
        provide(GetDeployment, (parts) => parts.getDeployment),
        provide(ListDeploymentEvents, (parts) => parts.listDeploymentEvents),
        provide(LastEnvironment, (parts) => parts.lastEnvironment),
        provide(ApplyEnvmap, (parts) => parts.applyEnvmap),
        provide(ListPods, (parts) => parts.listPods),
        provide(Background, (parts) => parts.background),
      ],
    };
  }
}

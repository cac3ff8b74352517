import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import {
  AuditModule,
  BusConnection,
  EventBus,
  ForgetRemovedClusters,
  MessagingModule,
  RpcCaller,
} from '@ushadow/messaging';
import { AuditController } from './audit/audit.controller.ts';
import { CatalogController } from './catalog/catalog.controller.ts';
import { Catalog } from './catalog/catalog.ts';
import { GetProject } from './catalog/get-project.ts';
import { ListInfraServices } from './catalog/list-infra-services.ts';
import { ListProjects } from './catalog/list-projects.ts';
import { ListServices } from './catalog/list-services.ts';
import { CompileController } from './compile/compile.controller.ts';
import { PreviewService } from './compile/preview-service.ts';
import { composeParts, type Parts, type Resources } from './compose-parts.ts';
import { EnvironmentController } from './environment/environment.controller.ts';
import { GetServiceEnv } from './environment/get-service-env.ts';
import { SaveServiceEnv } from './environment/save-service-env.ts';
import { CompileProject } from './projects/compile-project.ts';
import { ProjectVariables } from './projects/project-variables.ts';
import { ProjectsController } from './projects/projects.controller.ts';
import { DeleteSetting } from './settings/delete-setting.ts';
import { PutSetting } from './settings/put-setting.ts';
import { SettingStore } from './settings/setting.store.ts';
import { SettingsController } from './settings/settings.controller.ts';
import { ForgetUnused } from './uploads/forget-unused.ts';
import { UploadProject } from './uploads/upload-project.ts';
import { UploadStore } from './uploads/upload.store.ts';
import { UploadsController } from './uploads/uploads.controller.ts';

const PARTS = Symbol('parts');

function provide<T>(token: Type<T>, pick: (parts: Parts) => T): FactoryProvider<T> {
  return { provide: token, useFactory: pick, inject: [PARTS] };
}

@Module({})
export class AppModule {
  static forRoot(resources: Resources): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot(resources.bus), AuditModule.forRoot(resources)],
      controllers: [
        AuditController,
        CatalogController,
        CompileController,
        EnvironmentController,
        ProjectsController,
        SettingsController,
        UploadsController,
      ],
      providers: [
        {
          provide: PARTS,
          useFactory: (caller: RpcCaller) => composeParts(resources, caller),
          inject: [RpcCaller],
        },
        provide(Catalog, (parts) => parts.catalog),
        provide(ListServices, (parts) => parts.listServices),
        provide(ListInfraServices, (parts) => parts.listInfraServices),
        provide(ListProjects, (parts) => parts.listProjects),
        provide(GetProject, (parts) => parts.getProject),
        provide(CompileProject, (parts) => parts.compileProject),
        provide(ProjectVariables, (parts) => parts.projectVariables),
        provide(PreviewService, (parts) => parts.previewService),
        provide(GetServiceEnv, (parts) => parts.getServiceEnv),
        provide(SaveServiceEnv, (parts) => parts.saveServiceEnv),
        provide(SettingStore, (parts) => parts.settings),
        provide(PutSetting, (parts) => parts.putSetting),
        provide(DeleteSetting, (parts) => parts.deleteSetting),
        provide(UploadStore, (parts) => parts.uploads),
        {
          provide: ForgetRemovedClusters,
          useFactory: ({ saved }: Parts, connection: BusConnection, bus: EventBus, rpc: RpcCaller) =>
            new ForgetRemovedClusters(saved, connection, bus, rpc, resources.logger),
          inject: [PARTS, BusConnection, EventBus, RpcCaller],
        },
        {
          provide: ForgetUnused,
          useFactory: (connection: BusConnection, caller: RpcCaller) => {
            const { unused: store, logger } = resources;
            return new ForgetUnused({ store, caller, connection, logger });
          },
          inject: [BusConnection, RpcCaller],
        },
        provide(UploadProject, (parts) => parts.uploadProject),
      ],
    };
  }
}

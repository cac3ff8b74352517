import type { BusOptions, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import type { CompilerConfig } from './config.ts';
import type { Catalog } from './catalog/catalog.ts';
import { GetProject } from './catalog/get-project.ts';
import { ListInfraServices } from './catalog/list-infra-services.ts';
import { ListProjects } from './catalog/list-projects.ts';
import { ListServices } from './catalog/list-services.ts';
import { PreviewService } from './compile/preview-service.ts';
import { GetServiceEnv } from './environment/get-service-env.ts';
import { SaveServiceEnv } from './environment/save-service-env.ts';
import { SavedVariableStore } from './environment/saved-variable.store.ts';
import type { InstallationKeys } from './keys/installation-keys.ts';
import { CompileProject } from './projects/compile-project.ts';
import { GatherInputs } from './projects/gathering.ts';
import { ProjectVariables } from './projects/project-variables.ts';
import { DeleteSetting } from './settings/delete-setting.ts';
import { PutSetting } from './settings/put-setting.ts';
import { SettingStore } from './settings/setting.store.ts';
import type { Database } from './store/database.store.ts';
import { UploadProject } from './uploads/upload-project.ts';
import type { UnusedUploadStore } from './uploads/unused-uploads.store.ts';
import type { UploadStore } from './uploads/upload.store.ts';
import type { Workers } from './work/workers.ts';

export interface Resources {
  readonly config: CompilerConfig;
  readonly bus: BusOptions;
  readonly logger: Logger;
  readonly database: Database;
  readonly unused: UnusedUploadStore;
  readonly trail: AuditTrail;
  readonly catalog: Catalog;
  readonly uploads: UploadStore;
  readonly keys: InstallationKeys;
  readonly workers: Workers;
}

/** Everything the service is made of, put together once. */
export function composeParts(
  { config, database, trail, unused, catalog, uploads, keys, workers }: Resources,
  caller: RpcCaller,
) {
  const settings = new SettingStore(database, config.USHADOW_KEYS, trail);
  const saved = new SavedVariableStore(database, config.USHADOW_KEYS, trail);
  const gather = new GatherInputs({ catalog, settings, saved, caller });
  const getServiceEnv = new GetServiceEnv({ catalog, gather, caller, keys, workers });
  return {
    catalog,
    settings,
    saved,
    uploads,
    listServices: new ListServices(catalog),
    listInfraServices: new ListInfraServices(catalog),
    putSetting: new PutSetting(settings),
    deleteSetting: new DeleteSetting(settings, saved),
    getServiceEnv,
    saveServiceEnv: new SaveServiceEnv({ catalog, caller, saved, settings, getServiceEnv }),
    uploadProject: new UploadProject(uploads, catalog),
    listProjects: new ListProjects(catalog),
    getProject: new GetProject(catalog),
    compileProject: new CompileProject({ catalog, gather, keys, workers, unused }),
    projectVariables: new ProjectVariables({ catalog, gather, caller, workers }),
    previewService: new PreviewService({ catalog, gather, caller, keys, workers }),
  };
}

export type Parts = ReturnType<typeof composeParts>;

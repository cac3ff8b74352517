import type { BusOptions, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { CompilerConfig } from './config.ts';
import type { Catalog } from './catalog/catalog.ts';
import { GetProject } from './catalog/get-project.ts';
import { ListInfraServices } from './catalog/list-infra-services.ts';
import { ListProjects } from './catalog/list-projects.ts';
import { ListServices } from './catalog/list-services.ts';
import { CompileEntry } from './compile/compile-entry.ts';
import { PreviewService } from './compile/preview-service.ts';
import { GatherEnvironment } from './environment/gather-environment.ts';
import { GetServiceEnv } from './environment/get-service-env.ts';
import { SaveServiceEnv } from './environment/save-service-env.ts';
import { SavedVariableStore } from './environment/saved-variable.store.ts';
import { ValueDigest } from './environment/value-digest.ts';
import type { InstallationKeys } from './keys/installation-keys.ts';
import { CompileProject } from './projects/compile-project.ts';
import { GatherProject } from './projects/gather-project.ts';
import { ProjectVariables } from './projects/project-variables.ts';
import { DeleteSetting } from './settings/delete-setting.ts';
import { PutSetting } from './settings/put-setting.ts';
import { SettingStore } from './settings/setting.store.ts';
import type { Database } from './store/database.store.ts';
import { UploadProject } from './uploads/upload-project.ts';
import type { UploadStore } from './uploads/upload.store.ts';

export interface Resources {
  readonly config: CompilerConfig;
  readonly bus: BusOptions;
  readonly logger: Logger;
  readonly database: Database;
  readonly catalog: Catalog;
  readonly uploads: UploadStore;
  readonly keys: InstallationKeys;
}

/** Everything the service is made of, put together once. */
export function composeParts({ config, database, catalog, uploads, keys }: Resources, caller: RpcCaller) {
  const digest = new ValueDigest(keys.values);
  const settings = new SettingStore(database, config.USHADOW_KEYS);
  const saved = new SavedVariableStore(database, config.USHADOW_KEYS);
  const gatherProject = new GatherProject({ catalog, settings, saved, caller });
  const gather = new GatherEnvironment(gatherProject);
  const getServiceEnv = new GetServiceEnv({ catalog, gather, caller, digest });
  const compileEntry = new CompileEntry(catalog, gather, keys);
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
    compileProject: new CompileProject({ catalog, gather: gatherProject, digest, keys }),
    projectVariables: new ProjectVariables({ catalog, gather: gatherProject, caller }),
    previewService: new PreviewService(compileEntry, caller),
  };
}

export type Parts = ReturnType<typeof composeParts>;

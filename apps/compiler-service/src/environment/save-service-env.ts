import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type ServiceEnvironmentData } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { Catalog, type CatalogEntry } from '../catalog/catalog.ts';
import { SettingStore } from '../settings/setting.store.ts';
import { findPlace } from './place.ts';
import { GetServiceEnv } from './get-service-env.ts';
import { SavedVariableStore } from './saved-variable.store.ts';

const operation = operations.saveServiceEnv;

/** Keeps what a user has changed, and nothing else: defaults and found values stay what they are elsewhere (2.6). */
@Injectable()
export class SaveServiceEnv {
  constructor(
    private readonly catalog: Catalog,
    private readonly caller: RpcCaller,
    private readonly saved: SavedVariableStore,
    private readonly settings: SettingStore,
    private readonly getServiceEnv: GetServiceEnv,
  ) {}

  async run(input: InputOf<typeof operation>, { actor }: RequestContext): Promise<ServiceEnvironmentData> {
    const { catalog, caller, saved, getServiceEnv } = this;
    const { service_id: id, set = {}, reset = [], secrets = {} } = input;
    const entry = await catalog.find(id);
    if (entry === undefined) throw failure(operation, 'SERVICE_NOT_FOUND', `The catalog has no service ${id}.`);
    await this.refuseUnknownSettings(
      entry,
      Object.values(set).flatMap((one) => ('setting' in one ? [one.setting] : [])),
    );
    const place = await findPlace(caller, input.cluster_id, input.namespace);
    await saved.change(id, place, { set, reset, secrets }, actor);
    return getServiceEnv.describe(entry, place);
  }

  private async refuseUnknownSettings({ source }: CatalogEntry, paths: readonly string[]): Promise<void> {
    const known = await this.settings.existFor(source, paths);
    const unknown = paths.find((path) => !known.has(path));
    if (unknown !== undefined)
      throw failure(operation, 'SETTING_NOT_FOUND', `No setting that ${source.stem} may use is called ${unknown}.`);
  }
}

import { Injectable } from '@nestjs/common';
import { RpcCaller } from '@ushadow/messaging';
import { Catalog } from '../catalog/catalog.ts';
import type { StoredSource } from '../catalog/project-source.ts';
import { keptScans } from '../environment/kept-scans.ts';
import type { Place } from '../environment/place.ts';
import { SavedVariableStore } from '../environment/saved-variable.store.ts';
import { SettingStore } from '../settings/setting.store.ts';
import type { Gathering } from './gather-project.ts';

/** A project with all its services. */
interface Asked {
  readonly source: StoredSource;
  readonly services: readonly string[];
  /** Undefined: no cluster, so neither scans nor saved values. */
  readonly place: Place | undefined;
}

/** Asks for everything that the values of a project are decided from, so that deciding is a task for a worker. */
@Injectable()
export class GatherInputs {
  constructor(
    private readonly catalog: Catalog,
    private readonly settings: SettingStore,
    private readonly saved: SavedVariableStore,
    private readonly caller: RpcCaller,
  ) {}

  async run({ source, services, place }: Asked): Promise<Gathering> {
    const { catalog, settings, saved, caller } = this;
    const ids = services.map((name) => `${source.stem}:${name}`);
    const [visible, kept, { scans, unavailable }] = await Promise.all([
      settings.visibleTo(source),
      saved.find(ids, place),
      keptScans(caller, place),
    ]);
    const operator = catalog.variablesFor(source);
    return { operator, settings: visible, saved: kept, scans, unavailable: unavailable?.message };
  }
}

import type { RpcCaller } from '@ushadow/messaging';
import type { Catalog } from '../catalog/catalog.ts';
import type { StoredSource } from '../catalog/project-source.ts';
import { keptScans } from '../environment/kept-scans.ts';
import type { Place } from '../environment/place.ts';
import type { SavedVariableStore } from '../environment/saved-variable.store.ts';
import type { SettingStore } from '../settings/setting.store.ts';
import type { Gathering } from './gather-project.ts';

interface Parts {
  readonly catalog: Catalog;
  readonly settings: SettingStore;
  readonly saved: SavedVariableStore;
  readonly caller: RpcCaller;
}

/** A project with all its services. */
interface Asked {
  readonly source: StoredSource;
  readonly services: readonly string[];
  /** Undefined: no cluster, so neither scans nor saved values. */
  readonly place: Place | undefined;
}

/** Asks for everything that the values of a project are decided from, so that deciding is a task for a worker. */
export class GatherInputs {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run({ source, services, place }: Asked): Promise<Gathering> {
    const { catalog, settings, saved, caller } = this.parts;
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

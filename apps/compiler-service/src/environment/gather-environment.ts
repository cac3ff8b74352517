import { resolveEnvironment, type ResolvedEnvironment, type ResolvedVariable } from '@ushadow/environment';
import type { RpcCaller } from '@ushadow/messaging';
import { infrastructureOf } from '@ushadow/scan';
import type { Catalog, CatalogEntry } from '../catalog/catalog.ts';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { SettingStore } from '../settings/setting.store.ts';
import { declaredValues, type DeclaredEntry } from './declared-values.ts';
import { keptScans } from './kept-scans.ts';
import type { Place } from './place.ts';
import type { SavedVariableStore } from './saved-variable.store.ts';

export interface EnvironmentRequest {
  readonly entry: CatalogEntry;
  /** Undefined: no cluster, so neither scans nor saved values. */
  readonly place: Place | undefined;
  readonly typed?: Readonly<Record<string, string>> | undefined;
  readonly secrets?: Readonly<Record<string, boolean>> | undefined;
  /** Values for `${…}` in the whole file. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

export interface GatheredEnvironment extends ResolvedEnvironment {
  readonly loaded: LoadedSource;
  readonly declared: readonly DeclaredEntry[];
  /** A level that could not be asked, and the variables that may have had a value there. */
  readonly unanswered: { readonly message: string; readonly variables: readonly string[] } | undefined;
}

interface Parts {
  readonly catalog: Catalog;
  readonly settings: SettingStore;
  readonly saved: SavedVariableStore;
  readonly caller: RpcCaller;
}

/** Brings together all that a service's environment is decided from, and has it decided. */
export class GatherEnvironment {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(request: EnvironmentRequest): Promise<GatheredEnvironment> {
    const { entry, place, typed = {}, secrets = {}, variables = {} } = request;
    const { catalog, settings, saved, caller } = this.parts;
    const [allSettings, kept, { scans, unavailable }] = await Promise.all([
      settings.list(),
      saved.find(entry.id, place),
      keptScans(caller, place),
    ]);
    const loaded = catalog.load(entry, variables);
    const declared = declaredValues(entry, loaded);
    const resolved = resolveEnvironment({
      service: { id: entry.id, name: entry.name },
      declared,
      interpolation: loaded.result.interpolationEnvironment,
      typed,
      saved: kept.values,
      settings: allSettings.map(({ path, value, isSecret }) => ({ path, value, secret: isSecret })),
      scans,
      secretOverrides: { ...kept.secrets, ...secrets },
    });
    const unanswered =
      unavailable === undefined
        ? undefined
        : {
            message: `What scans have found cannot be asked for: ${unavailable.message}`,
            variables: resolved.variables.filter(mayBeScanned).map(({ name }) => name),
          };
    return { ...resolved, loaded, declared, unanswered };
  }
}

/** Nothing above the scan has a value, and name or default stand for infrastructure. */
function mayBeScanned({ name, declared, winner }: ResolvedVariable): boolean {
  const isAbove = winner !== undefined && winner.source !== 'default';
  return declared && !isAbove && infrastructureOf(name, winner?.value) !== undefined;
}

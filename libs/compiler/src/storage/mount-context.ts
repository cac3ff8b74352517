import type { CompileInput } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import type { App } from '../model/app.ts';
import type { FileSet, MountSource, DesignedMount, PlacedService, Store } from '../model/design.ts';
import type { Mount } from '../model/storage.ts';

/** What one decision about a mount may bring with it. */
export interface Placed {
  readonly mount: DesignedMount;
  readonly store?: Store;
  readonly fileSet?: FileSet;
}

export interface MountContext {
  readonly app: App;
  readonly input: CompileInput;
  readonly placeholders: SecretPlaceholders;
  readonly report: Report;
  readonly designed: PlacedService;
  readonly names: ResourceNames;
  /** Services that mount the same source, by source key. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Paths that lie in one tree with others, by the folder that holds them all. */
  readonly roots: ReadonlyMap<string, string>;
}

/** Object names by key. */
export interface ResourceNames {
  readonly volumes: ReadonlyMap<string, string>;
  /** Names inside pods, without the project. */
  readonly volumeMounts: ReadonlyMap<string, string>;
  readonly configs: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
}
export function asMount(mount: Mount, source: MountSource, name: string): DesignedMount {
  return {
    name,
    source,
    target: mount.target,
    subPath: mount.subPath,
    readOnly: mount.readOnly,
    propagation: mount.propagation,
    copied: false,
    origin: '',
    filled: false,
    path: mount.path,
  };
}

import type { CompileOptions, Target } from '../compile-input.ts';
import type { FileSet, Design, DesignedService, Store } from '../model/design.ts';

/** What every emitter may look at. */
export interface EmitContext {
  readonly design: Design;
  readonly target: Target;
  readonly options: CompileOptions;
  readonly byName: ReadonlyMap<string, DesignedService>;
  /** Services by the service whose pod they run in, in the order in which they start. */
  readonly pods: ReadonlyMap<string, readonly DesignedService[]>;
  /** Names that are services' own. */
  readonly endpoints: ReadonlySet<string>;
  /** Further names that lead to services. */
  readonly aliases: ReadonlySet<string>;
  /** By service: those of them that lead to others as well. */
  readonly sharedAliases: ReadonlyMap<string, readonly string[]>;
  /** Services that an init container of another pod waits for to be ready. */
  readonly awaited: ReadonlySet<string>;
  /** What the objects of routes are called, of those that need one only. */
  readonly routeNames: ReadonlySet<string>;
  readonly stores: ReadonlyMap<string, Store>;
  readonly fileSets: ReadonlyMap<string, FileSet>;
  /** Some network of the project has IPv6. */
  readonly dualStack: boolean;
}

import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import type { SourcePlace } from '@ushadow/diagnose';

/**
 * When a dependency counts as met: the other object is written (`applied`), all containers of one of its new pods have
 * run (`started`; Compose `service_started`), it is ready (`ready`; `service_healthy`), or it has run to its end
 * (`complete`; `service_completed_successfully`).
 */
export type DependencyCondition = 'applied' | 'started' | 'ready' | 'complete';

export interface ObjectDependency {
  /** The object that waits. */
  readonly object: ObjectId;
  /**
   * What it waits for: an object of the same desired state, or one that another deployment brings. The latter is waited
   * for only where it is there.
   */
  readonly on: ObjectId;
  readonly condition: DependencyCondition;
}

/** Where a field was written down by people: it, and all below it unless a longer pointer says otherwise. */
export interface FieldSource extends SourcePlace {
  readonly object: ObjectId;
  /** JSON pointer into the object. */
  readonly pointer: string;
}

/** Everything one deployment wants to exist. References inside the objects need no entry in `dependencies`. */
export interface DesiredState {
  readonly objects: readonly KubeObject[];
  readonly dependencies: readonly ObjectDependency[];
  /** What objects were made from, so that a failure can name the line to change. */
  readonly sources?: readonly FieldSource[];
}

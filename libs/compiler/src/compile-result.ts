import type { Diagnostic, Position } from '@ushadow/compose';
import type { KubeObject, ObjectId, PodSecurityLevel } from '@ushadow/kubernetes';

export interface CompileResult {
  /** In the order in which they are to be applied. */
  readonly objects: readonly KubeObject[];
  /** Which services want each object, in the same order. */
  readonly shares: readonly ObjectShare[];
  /** Every service that was compiled, and who runs in its pod. */
  readonly services: readonly CompiledService[];
  /** Where each volume and bound folder of the project lies that is a claim of its making: `claim` or `claim/folder`. */
  readonly claims: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly sourceMap: readonly SourceMapEntry[];
  /** `depends_on`, between workloads, for whoever applies them in order. */
  readonly dependencies: readonly ObjectDependency[];
  readonly coverage: Coverage;
  /** True when no diagnostic is an error. */
  readonly ok: boolean;
}

/** A namespace is wanted by no service; every other object by one or more, in alphabetical order. */
export interface ObjectShare {
  readonly object: ObjectId;
  readonly services: readonly string[];
}

export interface CompiledService {
  readonly service: string;
  /** The `app.kubernetes.io/name` of its objects. */
  readonly name: string;
  /** Runs it: its own, or that of the service whose pod it shares. */
  readonly workload: ObjectId;
  readonly image: string;
  /** The strictest Pod Security level of a namespace that takes its pods. */
  readonly podSecurity: PodSecurityLevel;
  /** It runs to its end, as a Job. */
  readonly oneShot: boolean;
  readonly dependsOn: readonly ServiceDependency[];
  readonly published: readonly PublishedPort[];
}

export interface ServiceDependency {
  readonly service: string;
  readonly condition: 'started' | 'ready' | 'completed';
  readonly required: boolean;
}

export interface PublishedPort {
  /** Of the container. */
  readonly port: number;
  /** Of the machine; absent when it does not matter which. */
  readonly published?: number;
  readonly protocol: string;
}

/** The object's field at `pointer` (and below, unless a longer pointer says otherwise) comes from `path`. */
export interface SourceMapEntry {
  readonly object: ObjectId;
  readonly pointer: string;
  /** JSON pointer into the Compose project. */
  readonly path: string;
  readonly position?: Position;
}

/** `from` is to be started only when `to` meets the condition. Where only some services are compiled, `to` may be no object of the result. */
export interface ObjectDependency {
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly condition: 'started' | 'ready' | 'completed';
}

/** Compose keys that the project uses, by what became of them. */
export interface Coverage {
  readonly keys: number;
  readonly mapped: number;
  readonly approximated: number;
  readonly diagnosed: number;
}

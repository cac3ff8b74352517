import type { Diagnostic, Position } from '@ushadow/compose';
import type { KubeObject, ObjectId } from '@ushadow/kubernetes';

export interface CompileResult {
  /** In the order in which they are to be applied. */
  readonly objects: readonly KubeObject[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sourceMap: readonly SourceMapEntry[];
  /** `depends_on`, between workloads, for whoever applies them in order. */
  readonly dependencies: readonly ObjectDependency[];
  readonly coverage: Coverage;
  /** True when no diagnostic is an error. */
  readonly ok: boolean;
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

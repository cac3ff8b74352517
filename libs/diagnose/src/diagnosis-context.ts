import type { KubeObject } from '@ushadow/kubernetes';
import type { ClusterView } from './cluster-view.ts';

/** The last lines of containers, as far as they were fetched. */
export interface LogSource {
  linesOf(pod: KubeObject, container: string): readonly string[] | undefined;
}

/** What one desired object is judged by. */
export interface DiagnosisContext {
  readonly view: ClusterView;
  readonly logs: LogSource;
  /** When it was last written, on the cluster's clock; its controller's older events are history. */
  readonly writtenAt: number;
  /** `spec.template.spec`, or wherever the object has its pod spec. */
  readonly podSpecPath: string;
  /** An object of the same namespace that this deployment brings. */
  readonly brought: (kind: string, name: string) => KubeObject | undefined;
}

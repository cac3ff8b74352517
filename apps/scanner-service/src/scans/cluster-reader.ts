import type { KubeObject } from '@ushadow/kubernetes';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes/errors';
import { InFlightLimit, type KubernetesTransport } from '@ushadow/kubernetes/transport';
import { missingRight, type Kind } from './kinds.ts';
import type { ScanProgress } from './scan-progress.ts';

/** Twice as many as Kubernetes is made for: what lists more is no cluster. */
const OBJECTS_MAX = 300_000;
/** Lists at once in one cluster. */
const CONCURRENCY = 8;

export type Take<T> = (object: KubeObject) => T | undefined;

/** What was taken from the objects of a kind that a scan can do without. */
export interface Read<T> {
  readonly taken: readonly T[];
  /** Why it is not all, in words. */
  readonly missing?: string;
  readonly forbidden?: true;
}

/** Lists kinds of one cluster within one time limit: page by page, and of each object only what is asked for. */
export class ClusterReader {
  private readonly limit = new InFlightLimit(CONCURRENCY);

  constructor(
    private readonly transport: KubernetesTransport,
    private readonly progress: ScanProgress,
    private readonly signal: AbortSignal,
  ) {}

  /** In one namespace, or in all. Throws KubernetesApiError. */
  async read<T>(kind: Kind, namespace: string | undefined, take: Take<T>): Promise<readonly T[]> {
    const target = { ...kind, ...(namespace === undefined ? {} : { namespace }) };
    const onPage = this.progress.list(kind.resource, namespace);
    const options = { signal: this.signal, itemsMax: OBJECTS_MAX, onPage };
    try {
      const { items } = await this.limit.run(() => this.transport.listAs(target, take, options));
      return items.filter((item) => item !== undefined);
    } catch (error) {
      onPage(undefined);
      throw error;
    }
  }

  /**
   * Says what is missing where the kind is refused, the server cannot give it, or it does not come in time; throws when
   * the cluster is away or sends what is no list.
   */
  async readIfPossible<T>(kind: Kind, namespace: string | undefined, take: Take<T>): Promise<Read<T>> {
    try {
      return { taken: await this.read(kind, namespace, take) };
    } catch (error) {
      if (isForbidden(error)) return { taken: [], missing: missingRight(kind, namespace), forbidden: true };
      const why = error instanceof KubernetesApiError ? whyNot(error) : undefined;
      if (why === undefined) throw error;
      const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
      return { taken: [], missing: `${kind.resource}${where} could not be listed: ${why}` };
    }
  }

  /** True also when it may not be asked. */
  async hasNamespace(name: string): Promise<boolean> {
    try {
      const id = { group: '', version: 'v1', kind: 'Namespace', name };
      return (await this.transport.get(id, { signal: this.signal })) !== undefined;
    } catch {
      return true;
    }
  }
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'forbidden';
}

function whyNot({ httpStatus, reason }: KubernetesApiError): string | undefined {
  if (reason === 'Cancelled' || reason === 'DeadlineExceeded') return 'they did not come in time';
  return httpStatus >= 404 ? `the API server answered ${httpStatus}` : undefined;
}

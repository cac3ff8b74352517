import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, listAt, numberAt, objectId } from '@ushadow/kubernetes';
import type { Cause, Evidence, FailureCode, LogSource } from '@ushadow/diagnose';
import { CancelSource } from '../cancel-source.ts';
import type { RunContext } from './run-context.ts';

const TAIL_LINES = 50;
const LIMIT_BYTES = 16 * 1024;
const DEADLINE_MS = 5_000;

/** The container has ended: what it last wrote may say more than its exit code, and is fetched at once. */
const EXPLAINED_BY_LOG: ReadonlySet<FailureCode> = new Set([
  'CONTAINER_START_FAILED',
  'CRASH_LOOP',
  'INIT_CONTAINER_FAILED',
  'JOB_FAILED',
  'OOM_KILLED',
  'POD_FAILED',
  'PROBE_LIVENESS_FAILED',
  'PROBE_STARTUP_FAILED',
  'WRONG_ARCHITECTURE',
]);
/** It has run, or still does: its log belongs to the evidence. */
const HAS_LOG: ReadonlySet<FailureCode> = new Set([...EXPLAINED_BY_LOG, 'PROBE_READINESS_FAILED', 'ROLLOUT_DEADLINE']);

/** The last lines of containers in trouble, each fetched once. A verdict stands without them. */
export class ContainerLogs implements LogSource {
  readonly #context: RunContext;
  readonly #signal: CancelSource;
  readonly #callbacks: { readonly onChange: () => void; readonly onCrash: (error: unknown) => void };
  readonly #lines = new Map<string, readonly string[]>();
  readonly #fetching = new Map<string, Promise<void>>();

  constructor(context: RunContext, callbacks: { onChange: () => void; onCrash: (error: unknown) => void }) {
    this.#context = context;
    this.#signal = new CancelSource(context.signal);
    this.#callbacks = callbacks;
  }

  linesOf(pod: KubeObject, container: string): readonly string[] | undefined {
    return this.#lines.get(keyOf(pod, container));
  }

  get count(): number {
    return this.#lines.size;
  }

  /** Starts to fetch what distinguishes a cause from others. */
  follow({ code, container }: Cause, pod: KubeObject | undefined): void {
    if (pod !== undefined && container !== undefined && EXPLAINED_BY_LOG.has(code)) void this.#fetch(pod, container);
  }

  /** The log as evidence; says so where there is none. Empty for causes that no log can explain. */
  async evidence(code: FailureCode, container: string | undefined, pod: KubeObject | undefined): Promise<Evidence[]> {
    if (pod === undefined || container === undefined || !HAS_LOG.has(code)) return [];
    await this.#fetch(pod, container);
    const lines = this.linesOf(pod, container) ?? [];
    const value = lines.length > 0 ? lines.join('\n') : 'no log: the container has not written anything';
    return [{ kind: 'log', path: container, value }];
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#signal.cancel();
    await Promise.all(this.#fetching.values());
  }

  #fetch(pod: KubeObject, container: string): Promise<void> {
    const key = keyOf(pod, container);
    const known = this.#fetching.get(key);
    if (known !== undefined) return known;
    const started = this.#read(pod, container).then((lines) => {
      this.#lines.set(key, lines);
      if (lines.length > 0) this.#context.emit({ type: 'log', object: objectId(pod), container, lines });
      this.#callbacks.onChange();
    }, this.#callbacks.onCrash);
    this.#fetching.set(key, started);
    return started;
  }

  async #read(pod: KubeObject, container: string): Promise<readonly string[]> {
    const { name, namespace = 'default' } = pod.metadata;
    const options = { container, tailLines: TAIL_LINES, limitBytes: LIMIT_BYTES, deadlineMs: DEADLINE_MS };
    const previous = hasRestarted(pod, container);
    try {
      // The node may have cleared away the one just asked for: the other run of the same container says as much.
      for (const each of [previous, !previous]) {
        const text = await this.#context.cluster.logs(
          { name, namespace },
          { ...options, previous: each, signal: this.#signal },
        );
        if (!isCleared(text)) return text.split('\n').filter((line) => line !== '');
      }
      return [];
    } catch (error) {
      // It may be gone, or not permitted.
      if (error instanceof KubernetesApiError) return [];
      throw error;
    }
  }
}

/** What a kubelet answers, as if it were the log, for a container that its runtime has removed meanwhile. */
function isCleared(text: string): boolean {
  return /^unable to retrieve container logs for \S+$/.test(text.trim());
}

function keyOf({ metadata }: KubeObject, container: string): string {
  return `${metadata.uid ?? metadata.name}/${container}`;
}

function hasRestarted(pod: KubeObject, container: string): boolean {
  const lists = ['initContainerStatuses', 'containerStatuses'].flatMap((list) => listAt(pod, ['status', list]));
  return (
    numberAt(
      lists.find(({ name }) => name === container),
      ['restartCount'],
    ) > 0
  );
}

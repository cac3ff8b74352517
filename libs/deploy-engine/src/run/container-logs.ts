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

/** What a container last wrote. */
interface Log {
  readonly lines: readonly string[];
  /** The run in question has none any more: this is of the one before or after it. */
  readonly isOfOtherRun: boolean;
}

const NO_LOG: Log = { lines: [], isOfOtherRun: false };
const OF_OTHER_RUN = '(of another run of the container: the log of the one in question was cleared away)';

/** The last lines of containers in trouble, each fetched once. A verdict stands without them. */
export class ContainerLogs implements LogSource {
  readonly #context: RunContext;
  readonly #signal: CancelSource;
  readonly #callbacks: { readonly onChange: () => void; readonly onCrash: (error: unknown) => void };
  readonly #logs = new Map<string, Log>();
  readonly #fetching = new Map<string, Promise<void>>();

  constructor(context: RunContext, callbacks: { onChange: () => void; onCrash: (error: unknown) => void }) {
    this.#context = context;
    this.#signal = new CancelSource(context.signal);
    this.#callbacks = callbacks;
  }

  /** What a cause may be told by: what another run has written says nothing of why this one ended. */
  linesOf(pod: KubeObject, container: string): readonly string[] | undefined {
    const log = this.#logs.get(keyOf(pod, container));
    return log?.isOfOtherRun === true ? [] : log?.lines;
  }

  get count(): number {
    return this.#logs.size;
  }

  /** Starts to fetch what distinguishes a cause from others. */
  follow({ code, container }: Cause, pod: KubeObject | undefined): void {
    if (pod !== undefined && container !== undefined && EXPLAINED_BY_LOG.has(code)) void this.#fetch(pod, container);
  }

  /** The log as evidence; says so where there is none. Empty for causes that no log can explain. */
  async evidence(code: FailureCode, container: string | undefined, pod: KubeObject | undefined): Promise<Evidence[]> {
    if (pod === undefined || container === undefined || !HAS_LOG.has(code)) return [];
    await this.#fetch(pod, container);
    const { lines, isOfOtherRun } = this.#logs.get(keyOf(pod, container)) ?? NO_LOG;
    const shown = isOfOtherRun ? [OF_OTHER_RUN, ...lines] : lines;
    const value = lines.length > 0 ? shown.join('\n') : 'no log: the container has not written anything';
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
    const started = this.#read(pod, container).then((log) => {
      const { lines } = log;
      this.#logs.set(key, log);
      if (lines.length > 0) this.#context.emit({ type: 'log', object: objectId(pod), container, lines });
      this.#callbacks.onChange();
    }, this.#callbacks.onCrash);
    this.#fetching.set(key, started);
    return started;
  }

  async #read(pod: KubeObject, container: string): Promise<Log> {
    const { name, namespace = 'default' } = pod.metadata;
    const options = { container, tailLines: TAIL_LINES, limitBytes: LIMIT_BYTES, deadlineMs: DEADLINE_MS };
    const previous = hasRestarted(pod, container);
    try {
      // The node may have cleared away the one just asked for: the other run of the container often says the same.
      for (const isOfOtherRun of [false, true]) {
        const text = await this.#context.cluster.logs(
          { name, namespace },
          { ...options, previous: previous !== isOfOtherRun, signal: this.#signal },
        );
        if (!isCleared(text)) return { lines: text.split('\n').filter((line) => line !== ''), isOfOtherRun };
      }
      return NO_LOG;
    } catch (error) {
      // It may be gone, or not permitted.
      if (error instanceof KubernetesApiError) return NO_LOG;
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

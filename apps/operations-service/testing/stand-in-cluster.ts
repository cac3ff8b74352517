import { OWNER_ANNOTATION, ownerText, type KubeObject, type WatchEvent } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';

type FollowLogOptions = Parameters<KubernetesTransport['followLog']>[1];

export interface Run {
  readonly lines: readonly string[];
  /** Text behind the last line, which has no end yet. */
  readonly unfinished?: string;
}

interface Log {
  current: Run;
  previous?: Run;
}

/** What a kubelet has of containers, and what a watch tells of pods: as much of a cluster as logs need. */
export class StandInCluster {
  readonly logs = new Map<string, Log>();
  readonly asked: FollowLogOptions[] = [];
  private readonly events: WatchEvent[] = [];
  private wake: () => void = () => undefined;

  get transport(): KubernetesTransport {
    return this as unknown as KubernetesTransport;
  }

  tell(...events: readonly WatchEvent[]): void {
    this.events.push(...events);
    this.wake();
  }

  list(): Promise<{ readonly items: readonly KubeObject[] }> {
    return Promise.resolve({ items: this.events.flatMap((event) => (event.type === 'added' ? [event.object] : [])) });
  }

  /** One reading of all there is; it ends there, whether it is followed or not. */
  async *followLog({ name }: { readonly name: string }, options: FollowLogOptions): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    this.asked.push(options);
    const log = this.logs.get(`${name}/${options.container}`);
    const run = options.previous === true ? log?.previous : log?.current;
    if (run === undefined) return;
    const since = run.lines.filter((line) => line.slice(0, 19) >= (options.sinceTime ?? '').slice(0, 19));
    const lines = options.tailLines === undefined ? since : since.slice(since.length - options.tailLines);
    const text = lines.map((line) => `${line}\n`).join('') + (run.unfinished ?? '');
    if (text !== '') yield Buffer.from(text);
  }

  async *watch(_target: unknown, { signal }: { readonly signal: AbortSignal }): AsyncGenerator<WatchEvent> {
    signal.addEventListener('abort', () => this.wake());
    while (!signal.aborted) {
      const event = this.events.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

export interface PodParts {
  readonly restarts?: number;
  readonly isRunning?: boolean;
}

/** The stack that has all pods here. */
export const STACK = '6b1d1c4e-2222-4222-8222-222222222222';
const annotations = {
  [OWNER_ANNOTATION]: ownerText({ installation: 'i', stack: STACK, project: 'shop', namespace: 'shop' }),
};

/** A pod of the service web, with one container of that name. */
export function podOf(name: string, { restarts = 0, isRunning = true }: PodParts = {}): KubeObject {
  const ended = { terminated: { exitCode: 0 } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: `uid-${name}`, namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' }, annotations },
    spec: { containers: [{ name: 'web' }] },
    status: {
      containerStatuses: [
        {
          name: 'web',
          restartCount: restarts,
          state: isRunning ? { running: {} } : ended,
          ...(restarts > 0 ? { lastState: ended } : {}),
        },
      ],
    },
  };
}

import type { CancelSignal, Clock, KubeObject, ListTarget, ObjectId, WatchEvent } from '@ushadow/kubernetes';
import { KubernetesApiError, classifyError } from '@ushadow/kubernetes';
import type { ClusterView } from '@ushadow/diagnose';
import type { ClusterPort } from '../cluster.port.ts';

export interface ObserverEvents {
  /** The view has changed. */
  changed(): void;
  lost(kind: string, error: KubernetesApiError): void;
  regained(kind: string): void;
  /** This kind cannot be seen at all; the deployment goes on without it. */
  unobservable(kind: string, error: KubernetesApiError): void;
}

const POLL_MS = 2_000;

/**
 * Keeps the view up to date until the signal: by a watch; by listing where watching is not permitted; by reading the
 * `own` objects one by one where listing is not permitted either.
 */
export async function observe(
  target: ListTarget,
  own: readonly ObjectId[],
  cluster: ClusterPort,
  view: ClusterView,
  events: ObserverEvents,
  env: { readonly clock: Clock; readonly signal: CancelSignal },
): Promise<void> {
  const error = await followWhenServed(target, cluster, view, events, env);
  if (error !== undefined) {
    if (classifyError(error) !== 'forbidden') return refuse(target, events, error);
    const { signal } = env;
    const list = async (): Promise<readonly KubeObject[]> => (await cluster.list(target, { signal })).items;
    if (await poll(target, list, view, events, env)) return;
    if (own.length === 0) return refuse(target, events, error);
    const read = async (): Promise<readonly KubeObject[]> => {
      const found = await Promise.all(own.map((id) => cluster.get(id, { signal })));
      return found.filter((object) => object !== undefined);
    };
    if (!(await poll(target, read, view, events, env))) refuse(target, events, error);
  }
}

/** Follows until the signal; gives the error that ended it. A kind that is being defined is served a moment later. */
async function followWhenServed(
  target: ListTarget,
  cluster: ClusterPort,
  view: ClusterView,
  events: ObserverEvents,
  { clock, signal }: { readonly clock: Clock; readonly signal: CancelSignal },
): Promise<KubernetesApiError | undefined> {
  while (!signal.aborted) {
    try {
      await follow(target, cluster, view, events, signal);
    } catch (caught) {
      const error = apiError(caught);
      if (signal.aborted) return undefined;
      if (classifyError(error) !== 'not-found') return error;
      await pause(clock, signal);
    }
  }
  return undefined;
}

async function follow(
  target: ListTarget,
  cluster: ClusterPort,
  view: ClusterView,
  events: ObserverEvents,
  signal: CancelSignal,
): Promise<void> {
  const watch = cluster.watch(target, { signal });
  try {
    for await (const event of watch) {
      if (signal.aborted) return;
      record(event, target.kind, view, events);
    }
  } finally {
    watch.close();
  }
}

function record(event: WatchEvent, kind: string, view: ClusterView, events: ObserverEvents): void {
  if (event.type === 'interrupted') return events.lost(kind, event.error);
  if (event.type === 'resumed') return events.regained(kind);
  if (event.type === 'deleted') view.remove(event.object);
  else if (event.type !== 'synced') view.put(event.object);
  events.changed();
}

/** False when this way of looking is not permitted. */
async function poll(
  target: ListTarget,
  read: () => Promise<readonly KubeObject[]>,
  view: ClusterView,
  events: ObserverEvents,
  { clock, signal }: { readonly clock: Clock; readonly signal: CancelSignal },
): Promise<boolean> {
  let isLost = false;
  while (!signal.aborted) {
    try {
      for (const item of await read()) view.put(item);
      if (isLost) events.regained(target.kind);
      isLost = false;
      events.changed();
    } catch (caught) {
      if (signal.aborted) return true;
      const error = apiError(caught);
      if (classifyError(error) === 'forbidden') return false;
      if (!isLost) events.lost(target.kind, error);
      isLost = true;
    }
    await pause(clock, signal);
  }
  return true;
}

async function pause(clock: Clock, signal: CancelSignal): Promise<void> {
  const timer = clock.timer(POLL_MS);
  let wake: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => (wake = resolve));
  signal.addEventListener('abort', wake, { once: true });
  await Promise.race([timer.elapsed, cancelled]);
  signal.removeEventListener('abort', wake);
  timer.cancel();
}

function refuse(target: ListTarget, events: ObserverEvents, error: KubernetesApiError): void {
  if (classifyError(error) === 'unauthorized') events.lost(target.kind, error);
  else events.unobservable(target.kind, error);
}

function apiError(error: unknown): KubernetesApiError {
  if (error instanceof KubernetesApiError) return error;
  throw error;
}

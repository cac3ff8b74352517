import { DomainError, errorEnvelope, operations, progressEvent } from '@ushadow/contracts';
import type { DeploymentData, ProgressEventData } from '@ushadow/contracts';
import { SseParser } from './sse-parser.ts';

export interface FollowListener {
  readonly onOpen: () => void;
  readonly onProgress: (event: ProgressEventData) => void;
  /** After the verdict; nothing follows. */
  readonly onEnd: (deployment: DeploymentData) => void;
  /** The connection is lost; it is tried again. */
  readonly onLost: () => void;
  /** It cannot be followed, and trying again would not help. */
  readonly onRefused: (error: DomainError) => void;
}

/** The gateway sends at least a heartbeat within this time. */
const SILENCE_MS = 45_000;
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/** Follows a deployment's events from the first to the verdict, over lost connections. Returns what stops it. */
export function followDeployment(deploymentId: string, listener: FollowListener): () => void {
  const stop = new AbortController();
  void follow(deploymentId, listener, stop.signal);
  return () => {
    stop.abort();
  };
}

async function follow(deploymentId: string, listener: FollowListener, signal: AbortSignal): Promise<void> {
  let lastSequence = 0;
  let failures = 0;
  const counting: FollowListener = {
    ...listener,
    onProgress: (event) => {
      lastSequence = Math.max(lastSequence, event.sequence);
      failures = 0;
      listener.onProgress(event);
    },
  };
  while (!signal.aborted) {
    try {
      if (await readStream(deploymentId, lastSequence, counting, signal)) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof DomainError && error.kind === 'not-found') {
        listener.onRefused(error);
        return;
      }
    }
    if (signal.aborted) return;
    listener.onLost();
    await pause(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 0, signal);
    failures += 1;
  }
}

/** Reads one connection to its end; true when the deployment ended with it. */
async function readStream(
  deploymentId: string,
  after: number,
  listener: FollowListener,
  signal: AbortSignal,
): Promise<boolean> {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  const url = `/api/deployments/${encodeURIComponent(deploymentId)}/events/stream`;
  const headers = { accept: 'text/event-stream', 'last-event-id': String(after) };
  const response = await fetch(url, { headers, cache: 'no-store', signal: either });
  if (!response.ok || response.body === null) throw await refusalOf(response);
  listener.onOpen();
  const parser = new SseParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const timer = setTimeout(() => {
      silence.abort();
    }, SILENCE_MS);
    const { done, value } = await reader.read().finally(() => {
      clearTimeout(timer);
    });
    if (done) return false;
    for (const { event, data } of parser.push(value)) {
      if (event === 'progress') listener.onProgress(progressEvent.parse(JSON.parse(data)));
      if (event === 'end') {
        listener.onEnd(operations.getDeployment.output.parse(JSON.parse(data)));
        return true;
      }
    }
  }
}

async function refusalOf(response: Response): Promise<Error> {
  const envelope = errorEnvelope.safeParse(await response.json().catch(() => null));
  return envelope.success ? DomainError.fromEnvelope(envelope.data) : new Error(`HTTP ${String(response.status)}`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

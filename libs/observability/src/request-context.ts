import { AsyncLocalStorage } from 'node:async_hooks';

/** Who asked for the work in hand, and until when the answer is wanted. */
export interface RequestContext {
  readonly requestId: string;
  readonly actor: string;
  readonly traceparent?: string;
  /** Unix milliseconds. */
  readonly deadline?: number;
  /** By which the asker would name the same request again. */
  readonly idempotencyKey?: string;
  /** The same for every try of a request that has a key: what names its effect by this cannot have it twice. */
  readonly effectId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that everything it calls sees `context`. It does not cross a process: messaging sets it again. */
export function withRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the work in hand; none for what nobody asked for. */
export function currentRequestContext(): RequestContext | undefined {
  return storage.getStore();
}

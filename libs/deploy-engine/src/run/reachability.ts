import type { RetryNotice } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError, isUnreachable } from '../api-failure.ts';
import type { ObserverEvents } from '../watch/observe.ts';
import type { RunContext } from './run-context.ts';

/** Stands among the kinds that cannot be seen for what was written without an answer. */
const WRITES = 'writes';

/** What can be seen of the cluster, and since when not. */
export class Reachability implements ObserverEvents {
  readonly #context: RunContext;
  readonly #onChange: () => void;
  readonly #lost = new Map<string, KubernetesApiError>();
  #lostSince: number | undefined;

  constructor(context: RunContext, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
  }

  /** Milliseconds since the epoch; undefined while everything can be seen. */
  get lostSince(): number | undefined {
    return this.#lostSince;
  }

  get failure(): Failure | undefined {
    const [error] = this.#lost.values();
    return error === undefined ? undefined : failureOfApiError(error);
  }

  /** True when waiting will not help. */
  get isGone(): boolean {
    return this.failure?.code === 'CLUSTER_UNAUTHORIZED';
  }

  changed(): void {
    this.#onChange();
  }

  lost(kind: string, error: KubernetesApiError): void {
    this.#lost.set(kind, error);
    this.#lostSince ??= this.#context.clock.now();
    this.#context.emit({ type: 'watch.lost', kind, reason: error.message });
    this.#onChange();
  }

  regained(kind: string): void {
    this.#found(kind);
    this.#context.emit({ type: 'watch.regained', kind });
    this.#onChange();
  }

  /** A write was not answered and is tried again: whether it has happened is not known until then. */
  unanswered({ httpStatus, reason }: RetryNotice): void {
    const message = 'the API server does not answer a write';
    const error = new KubernetesApiError({ httpStatus, reason, message });
    if (!isUnreachable(failureOfApiError(error))) return;
    this.#lost.set(WRITES, error);
    this.#lostSince ??= this.#context.clock.now();
  }

  answered(): void {
    this.#found(WRITES);
  }

  #found(kind: string): void {
    this.#lost.delete(kind);
    if (this.#lost.size === 0) this.#lostSince = undefined;
  }

  unobservable(kind: string, error: KubernetesApiError): void {
    const { code } = failureOfApiError(error);
    this.#context.emit({ type: 'warning', code, message: `${kind} objects cannot be seen: ${error.message}` });
    this.#onChange();
  }
}

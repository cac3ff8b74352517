import { storeFailureOf } from './store-failure.ts';

/** What keeps a database that answers from storing anything. */
const cannotStore = new Set(['25006', '53100', '53200', '53400', '58030']);
/** Without news a trouble counts as over: nobody may have written since. */
const REMEMBERED_MS = 60_000;
const writes = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** What the statements of a pool have found: a database with a full disk answers every question that is only read. */
export class StoreHealth {
  readonly #now: () => number;
  #trouble: { readonly sentence: string; readonly until: number } | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  failed(error: unknown): void {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (typeof code !== 'string' || !cannotStore.has(code)) return;
    this.#trouble = { sentence: storeFailureOf(code) ?? code, until: this.#now() + REMEMBERED_MS };
  }

  /** @param command as Postgres names it: `INSERT` */
  done(command: string): void {
    if (writes.has(command)) this.#trouble = undefined;
  }

  /** One sentence; undefined where nothing is known to be wrong. */
  get trouble(): string | undefined {
    return this.#trouble !== undefined && this.#trouble.until > this.#now() ? this.#trouble.sentence : undefined;
  }
}

import { objectKey } from '@ushadow/kubernetes';
import type { ObjectChange } from '../deploy-result.ts';
import { groupBy } from '../group-by.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { removeFirst } from './remove-first.ts';
import type { RunContext } from '../run/run-context.ts';

/** Removes what stands in the way of something, when its turn has come, and once. */
export class WayClearing {
  readonly #context: RunContext;
  readonly #before: ReadonlyMap<string, readonly PlanEntry[]>;
  readonly #removals = new Map<PlanEntry, Promise<void>>();
  readonly #deleted: ObjectChange[] = [];

  constructor(entries: readonly PlanEntry[], context: RunContext) {
    this.#context = context;
    const pairs = entries.flatMap((entry) => (entry.goesBefore ?? []).map((id) => ({ key: objectKey(id), entry })));
    const groups = groupBy(pairs, ({ key }) => key);
    this.#before = new Map([...groups].map(([key, group]) => [key, group.map(({ entry }) => entry)]));
  }

  /** Resolves when the way of an object is free. */
  async clear(key: string): Promise<void> {
    await Promise.all((this.#before.get(key) ?? []).map((entry) => this.#removeOnce(entry)));
  }

  get deleted(): readonly ObjectChange[] {
    return this.#deleted;
  }

  #removeOnce(entry: PlanEntry): Promise<void> {
    const removal = this.#removals.get(entry) ?? this.#remove(entry);
    this.#removals.set(entry, removal);
    return removal;
  }

  async #remove(entry: PlanEntry): Promise<void> {
    const { object, uid } = entry;
    await removeFirst(entry, this.#context.settings.makesWay === undefined ? 'pruned' : 'rolled-back', this.#context);
    this.#deleted.push({ object, ...(uid === undefined ? {} : { uid }), outcome: 'deleted' });
  }
}

import type { CompileOptions } from '../compile-input.ts';
import type { FileSet, Plan, PlannedService, Store } from '../model/plan.ts';
import { isInPod } from '../select/select-services.ts';

/** What every emitter may look at. */
export interface EmitContext {
  readonly plan: Plan;
  readonly options: CompileOptions;
  readonly byName: ReadonlyMap<string, PlannedService>;
  /** Services by the service whose pod they run in, in the order in which they start. */
  readonly pods: ReadonlyMap<string, readonly PlannedService[]>;
  /** Names that are services' own. */
  readonly endpoints: ReadonlySet<string>;
  readonly stores: ReadonlyMap<string, Store>;
  readonly fileSets: ReadonlyMap<string, FileSet>;
  /** Some network of the project has IPv6. */
  readonly dualStack: boolean;
}

export function emitContext(plan: Plan, options: CompileOptions): EmitContext {
  const pods = new Map<string, PlannedService[]>();
  for (const planned of plan.services) if (planned.host === planned.service.name) pods.set(planned.host, [planned]);
  for (const planned of plan.services) {
    if (planned.host !== planned.service.name && isInPod(planned)) pods.get(planned.host)?.push(planned);
  }
  for (const members of pods.values()) members.sort((a, b) => a.start.rank - b.start.rank);
  return {
    plan,
    options,
    byName: new Map(plan.services.map((planned) => [planned.service.name, planned])),
    pods,
    dualStack: Object.values(plan.app.networks).some(({ dualStack }) => dualStack),
    endpoints: new Set(plan.services.map(({ endpoint }) => endpoint)),
    stores: new Map(plan.stores.map((store) => [store.key, store])),
    fileSets: new Map(plan.fileSets.map((set) => [set.key, set])),
  };
}

import type { CompileInput } from '../compile-input.ts';
import type { Plan, PlannedService } from '../model/design.ts';
import { readyTargets } from './waits.ts';
import type { EmitContext } from './emit-context.ts';
import { isInPod } from '../select/select-services.ts';

export function sharedAliases({ aliases }: Plan): ReadonlyMap<string, readonly string[]> {
  const shared = new Map<string, string[]>();
  for (const { name, services } of aliases) {
    if (services.length < 2) continue;
    for (const service of services) {
      const known = shared.get(service) ?? [];
      known.push(name);
      shared.set(service, known);
    }
  }
  return shared;
}

export function emitContext(
  plan: Plan,
  { target, options = {} }: Pick<CompileInput, 'target' | 'options'>,
): EmitContext {
  const pods = new Map<string, PlannedService[]>();
  for (const planned of plan.services) if (planned.host === planned.service.name) pods.set(planned.host, [planned]);
  for (const planned of plan.services) {
    if (planned.host !== planned.service.name && isInPod(planned)) pods.get(planned.host)?.push(planned);
  }
  for (const members of pods.values()) members.sort((a, b) => a.start.rank - b.start.rank);
  const context = {
    plan,
    target,
    options,
    byName: new Map(plan.services.map((planned) => [planned.service.name, planned])),
    pods,
    dualStack: Object.values(plan.app.networks).some(({ dualStack }) => dualStack),
    endpoints: new Set(plan.services.map(({ endpoint }) => endpoint)),
    aliases: new Set(plan.aliases.map(({ name }) => name)),
    sharedAliases: sharedAliases(plan),
    stores: new Map(plan.stores.map((store) => [store.key, store])),
    fileSets: new Map(plan.fileSets.map((set) => [set.key, set])),
  };
  return { ...context, awaited: readyTargets(context) };
}

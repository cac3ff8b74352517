import type { CompileInput } from '../compile-input.ts';
import type { Design, DesignedService } from '../model/design.ts';
import { readyTargets } from './waits.ts';
import type { EmitContext } from './emit-context.ts';
import { isInPod } from '../select/select-services.ts';

export function sharedAliases({ aliases }: Design): ReadonlyMap<string, readonly string[]> {
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
  design: Design,
  { target, options = {} }: Pick<CompileInput, 'target' | 'options'>,
): EmitContext {
  const pods = new Map<string, DesignedService[]>();
  for (const designed of design.services)
    if (designed.host === designed.service.name) pods.set(designed.host, [designed]);
  for (const designed of design.services) {
    if (designed.host !== designed.service.name && isInPod(designed)) pods.get(designed.host)?.push(designed);
  }
  for (const members of pods.values()) members.sort((a, b) => a.start.rank - b.start.rank);
  const context = {
    design,
    target,
    options,
    byName: new Map(design.services.map((designed) => [designed.service.name, designed])),
    pods,
    dualStack: Object.values(design.app.networks).some(({ dualStack }) => dualStack),
    endpoints: new Set(design.services.map(({ endpoint }) => endpoint)),
    aliases: new Set(design.aliases.map(({ name }) => name)),
    sharedAliases: sharedAliases(design),
    routeNames: new Set(design.services.flatMap(({ routes }) => routes.map(({ objectName }) => objectName))),
    stores: new Map(design.stores.map((store) => [store.key, store])),
    fileSets: new Map(design.fileSets.map((set) => [set.key, set])),
  };
  return { ...context, awaited: readyTargets(context) };
}

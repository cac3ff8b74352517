import type { PlannedService, Store } from '../model/design.ts';
import { podMembers } from '../select/select-services.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Whether the old pod must be gone before the new one starts, judged by everything that runs in the pod. */
export const chooseRollout: Pass = {
  name: 'choose-rollout',
  run(plan, context) {
    const stores = new Map(plan.stores.map((store) => [store.key, store]));
    const membersOf = podMembers(plan);
    return mapServices(plan, (planned) => {
      const reason = membersOf(planned)
        .map((member) => soleReason(member, stores))
        .find((found) => found !== undefined);
      const decided = { ...planned, alone: reason !== undefined };
      reportUpdate(decided, reason, context);
      return decided;
    });
  },
};

/** Why a machine or a volume cannot have two copies of it at a time. */
function soleReason(planned: PlannedService, stores: ReadonlyMap<string, Store>): string | undefined {
  const { service, settings, ports, limits, requests, mounts } = planned;
  const isSingle = (key: string): boolean => /^ReadWriteOnce/.test(stores.get(key)?.accessMode ?? '');
  if (mounts.some(({ source }) => source.kind === 'store' && isSingle(source.store)))
    return 'its volume can be mounted by one node only';
  if (service.membership.mode === 'machine') return 'it uses the network of the node';
  if (settings.hostPorts === true && ports.some(({ published, loopback }) => published !== undefined && !loopback))
    return 'it opens ports of the node';
  if (service.security.devices.length > 0) return 'it uses devices of the node';
  // Domains stand before resources that nodes have a fixed number of, such as GPUs.
  if (Object.keys({ ...limits, ...requests }).some((name) => name.includes('/'))) return 'it uses devices of the node';
  return undefined;
}

function reportUpdate(planned: PlannedService, reason: string | undefined, { report }: PassContext): void {
  const { service } = planned;
  const { order, parallelism, delaySeconds, monitorSeconds } = service.rollout;
  const asked = [order, parallelism, delaySeconds, monitorSeconds].some((value) => value !== undefined);
  if (!asked) return;
  const because = noUse(planned, reason);
  if (because !== undefined)
    report('CMP0807', `${service.path}/deploy/update_config`, { service: service.name, because });
}

function noUse(planned: PlannedService, reason: string | undefined): string | undefined {
  const { order, parallelism } = planned.service.rollout;
  if (planned.host !== planned.service.name)
    return `it runs in the pod of "${planned.host}", which is replaced as a whole`;
  if (planned.kind === 'run-once' || planned.kind === 'scheduled') return 'it runs to its end and is made anew';
  const many = order === 'start-first' || (parallelism ?? 1) !== 1;
  if (planned.kind === 'replicated' && reason !== undefined && many)
    return `the old copy has to be gone before the new one starts, since ${reason}`;
  if (planned.kind === 'per-node' && reason !== undefined && order === 'start-first')
    return `the old copy has to be gone before the new one starts, since ${reason}`;
  if (planned.kind === 'stateful' && order === 'start-first') return 'a StatefulSet stops the old copy first';
  return undefined;
}

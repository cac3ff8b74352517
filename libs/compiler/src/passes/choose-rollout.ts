import type { Design, DesignedService, Store } from '../model/design.ts';
import { podMembers } from '../select/select-services.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Whether the old pod must be gone before the new one starts, judged by everything that runs in the pod. */
export const chooseRollout: Pass<Design> = {
  name: 'choose-rollout',
  run(design, context) {
    const stores = new Map(design.stores.map((store) => [store.key, store]));
    const membersOf = podMembers(design);
    return mapServices(design, (designed) => {
      const reason = membersOf(designed)
        .map((member) => soleReason(member, stores))
        .find((found) => found !== undefined);
      const decided = { ...designed, alone: reason !== undefined };
      reportUpdate(decided, reason, context);
      return decided;
    });
  },
};

/** Why a machine or a volume cannot have two copies of it at a time. */
function soleReason(designed: DesignedService, stores: ReadonlyMap<string, Store>): string | undefined {
  const { service, settings, ports, limits, requests, mounts } = designed;
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

function reportUpdate(designed: DesignedService, reason: string | undefined, { report }: PassContext): void {
  const { service } = designed;
  const { order, parallelism, delaySeconds, monitorSeconds } = service.rollout;
  const asked = [order, parallelism, delaySeconds, monitorSeconds].some((value) => value !== undefined);
  if (!asked) return;
  const because = noUse(designed, reason);
  if (because !== undefined)
    report('CMP0807', `${service.path}/deploy/update_config`, { service: service.name, because });
}

function noUse(designed: DesignedService, reason: string | undefined): string | undefined {
  const { order, parallelism } = designed.service.rollout;
  if (designed.host !== designed.service.name)
    return `it runs in the pod of "${designed.host}", which is replaced as a whole`;
  if (designed.kind === 'run-once' || designed.kind === 'scheduled') return 'it runs to its end and is made anew';
  const many = order === 'start-first' || (parallelism ?? 1) !== 1;
  if (designed.kind === 'replicated' && reason !== undefined && many)
    return `the old copy has to be gone before the new one starts, since ${reason}`;
  if (designed.kind === 'per-node' && reason !== undefined && order === 'start-first')
    return `the old copy has to be gone before the new one starts, since ${reason}`;
  if (designed.kind === 'stateful' && order === 'start-first') return 'a StatefulSet stops the old copy first';
  return undefined;
}

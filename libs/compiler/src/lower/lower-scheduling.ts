import { own } from '@ushadow/kubernetes';
import type { ComposeService, DeviceRequest } from '@ushadow/compose';
import type { Amount, Gpu, Placement, ResourceNeeds, Rollout } from '../model/scheduling.ts';
import { byteCount } from '../text/measures.ts';
import { durationSeconds } from '../text/measures.ts';

export function lowerResources(service: ComposeService, path: string): ResourceNeeds {
  const size = service.storage_opt?.['size'];
  return {
    limits: lowerLimits(service, path),
    reservations: lowerReservations(service, path),
    gpus: lowerGpus(service, path),
    scratch: size === undefined ? undefined : byteCount(size),
    sharedMemory: positive(service.shm_size),
  };
}

function lowerLimits(service: ComposeService, path: string): Amount {
  const limits = service.deploy?.resources?.limits;
  return amount(path, {
    cpu: [
      [milli(limits?.cpus), 'deploy/resources/limits/cpus'],
      [milli(service.cpus), 'cpus'],
      [quota(service), 'cpu_quota'],
      [milli(service.cpu_count), 'cpu_count'],
    ],
    memory: [
      [positive(limits?.memory), 'deploy/resources/limits/memory'],
      [positive(service.mem_limit), 'mem_limit'],
    ],
  });
}

function lowerReservations(service: ComposeService, path: string): Amount {
  const reservations = service.deploy?.resources?.reservations;
  return amount(path, {
    cpu: [
      [milli(reservations?.cpus), 'deploy/resources/reservations/cpus'],
      [shares(service.cpu_shares), 'cpu_shares'],
    ],
    memory: [
      [positive(reservations?.memory), 'deploy/resources/reservations/memory'],
      [positive(service.mem_reservation), 'mem_reservation'],
    ],
  });
}

type NamedAmount = readonly (readonly [value: number | undefined, key: string])[];

/** Of each resource the first key that says something. */
function amount(path: string, named: Readonly<Record<'cpu' | 'memory', NamedAmount>>): Amount {
  const [cpu, memory] = [named.cpu, named.memory].map((keys) => keys.find(([value]) => value !== undefined));
  return {
    cpu: cpu?.[0],
    memory: memory?.[0],
    paths: {
      ...(cpu === undefined ? {} : { cpu: `${path}/${cpu[1]}` }),
      ...(memory === undefined ? {} : { memory: `${path}/${memory[1]}` }),
    },
  };
}

const milli = (cores: number | undefined): Amount['cpu'] => {
  const value = positive(cores);
  return value === undefined ? undefined : Math.max(1, Math.ceil(value * 1000 - 1e-6));
};

function quota(service: ComposeService): number | undefined {
  const period = positive(service.cpu_period) ?? 100_000;
  const value = positive(service.cpu_quota);
  return value === undefined ? undefined : Math.max(1, Math.ceil((value / period) * 1000));
}

/** 1024 shares weigh as much as one core asks for. */
function shares(value: number | undefined): number | undefined {
  const weight = positive(value);
  return weight === undefined ? undefined : Math.max(1, Math.round((weight / 1024) * 1000));
}

function lowerGpus(service: ComposeService, path: string): readonly Gpu[] {
  const reserved = service.deploy?.resources?.reservations?.devices ?? [];
  const isGpu = (device: DeviceRequest): boolean => (device.capabilities ?? []).includes('gpu');
  return [
    ...(service.gpus ?? []).map((device, index) => lowerGpu(device, `${path}/gpus/${index}`)),
    ...reserved.flatMap((device, index) =>
      isGpu(device) ? [lowerGpu(device, `${path}/deploy/resources/reservations/devices/${index}`)] : [],
    ),
  ];
}

function lowerGpu(device: DeviceRequest, path: string): Gpu {
  const count = device.device_ids?.length ?? device.count;
  return { driver: device.driver, count: count === undefined || count < 0 ? undefined : count, path };
}

export function lowerPlacement(service: ComposeService, path: string): Placement {
  const placement = service.deploy?.placement;
  return {
    constraints: (placement?.constraints ?? []).map((text, index) => ({
      text,
      path: `${path}/deploy/placement/constraints/${index}`,
    })),
    spread: (placement?.preferences ?? []).flatMap((preference) => (preference.spread ? [preference.spread] : [])),
    maxPerNode: positive(placement?.max_replicas_per_node),
  };
}

const MODES: Readonly<Record<string, Rollout['mode']>> = {
  global: 'global',
  'replicated-job': 'replicated-job',
  'global-job': 'global-job',
};

export function lowerRollout(service: ComposeService): Rollout {
  return {
    mode: own(MODES, service.deploy?.mode ?? '') ?? 'replicated',
    replicas: service.deploy?.replicas ?? service.scale,
    ...lowerUpdate(service.deploy?.update_config),
  };
}

type Update = Pick<Rollout, 'parallelism' | 'order' | 'delaySeconds' | 'monitorSeconds'>;

function lowerUpdate(update: NonNullable<ComposeService['deploy']>['update_config']): Update {
  return {
    parallelism: update?.parallelism === 0 ? 0 : positive(update?.parallelism),
    order: update?.order === 'start-first' || update?.order === 'stop-first' ? update.order : undefined,
    delaySeconds: positive(durationSeconds(update?.delay)),
    monitorSeconds: positive(durationSeconds(update?.monitor)),
  };
}

/** A count, size or share as a number above zero; Compose writes 0 for "not set". */
export function positive(value: string | number | undefined): number | undefined {
  const number = Number(value ?? 0);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

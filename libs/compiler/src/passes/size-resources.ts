import { compareQuantities } from '@ushadow/kubernetes';
import type { Amount } from '../model/scheduling.ts';
import type { Design, DesignedService } from '../model/design.ts';
import { gpuResource } from '../text/gpu-resource.ts';
import { cpuQuantity, memoryQuantity } from '../text/quantities.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

type Amounts = Readonly<Record<string, string>>;

/** Requests and limits: what the spec says, else what Compose says, else the default. */
export const sizeResources: Pass<Design> = {
  name: 'size-resources',
  run(design, context) {
    return mapServices(design, (designed) => {
      const { requests, limits } = chooseAmounts(designed, context);
      return { ...designed, limits, requests: capped(requests, limits, designed, context) };
    });
  },
};

function chooseAmounts(designed: DesignedService, context: PassContext): { requests: Amounts; limits: Amounts } {
  const { service, settings } = designed;
  const { resources } = service;
  const defaults = context.input.target.defaults?.resources;
  const compose = { requests: quantities(resources.reservations), limits: quantities(resources.limits) };
  const named = Object.keys({ ...compose.requests, ...compose.limits, ...settings.requests, ...settings.limits });
  const base =
    named.length === 0 ? { requests: defined(defaults?.requests), limits: defined(defaults?.limits) } : compose;
  const scratch = resources.scratch === undefined ? {} : { 'ephemeral-storage': memoryQuantity(resources.scratch) };
  return {
    requests: { ...base.requests, ...ephemeral(settings.ephemeralStorage?.request), ...settings.requests },
    limits: {
      ...base.limits,
      ...scratch,
      ...ephemeral(settings.ephemeralStorage?.limit),
      ...gpuLimits(designed, context),
      ...settings.limits,
    },
  };
}

function quantities(amount: Amount): Amounts {
  return {
    ...(amount.cpu === undefined ? {} : { cpu: cpuQuantity(amount.cpu) }),
    ...(amount.memory === undefined ? {} : { memory: memoryQuantity(amount.memory) }),
  };
}

function ephemeral(quantity: string | undefined): Amounts {
  return quantity === undefined ? {} : { 'ephemeral-storage': quantity };
}

function defined(amounts: Readonly<Record<string, string | undefined>> | undefined): Amounts {
  return Object.fromEntries(
    Object.entries(amounts ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function gpuLimits({ service }: DesignedService, { report }: PassContext): Amounts {
  const counts = new Map<string, number>();
  for (const gpu of service.resources.gpus) {
    const resource = gpuResource(gpu);
    if (gpu.count === undefined) report('CMP0803', gpu.path, { service: service.name, resource });
    counts.set(resource, Math.max(counts.get(resource) ?? 0, gpu.count ?? 1));
  }
  return Object.fromEntries([...counts].map(([resource, count]) => [resource, String(count)]));
}

/** A request above its limit is refused by the cluster; a limit alone is a request as well, which is what is meant. */
function capped(requests: Amounts, limits: Amounts, { service }: DesignedService, { report }: PassContext): Amounts {
  const entries = Object.entries(requests).map(([resource, request]): [string, string] => {
    const limit = limits[resource];
    if (limit === undefined || (compareQuantities(request, limit) ?? 0) <= 0) return [resource, request];
    report('CMP0801', `${service.path}/deploy/resources`, { service: service.name, resource, request, limit });
    return [resource, limit];
  });
  return Object.fromEntries(entries);
}

import { parseQuantity } from '@ushadow/kubernetes';
import type { ServiceRule } from './rule.ts';

/** Utilisation is counted against the request. */
export const autoscalerNeedsRequests: ServiceRule = ({ service, autoscale, requests, limits }, { report }) => {
  for (const resource of ['cpu', 'memory'] as const) {
    const target = autoscale?.[resource];
    const relative = target !== undefined && /^\d+%?$/.test(target);
    if (relative && requests[resource] === undefined && limits[resource] === undefined) {
      report('CMP0806', service.path, { service: service.name, resource });
    }
  }
};

export const globalJob: ServiceRule = ({ service }, { report }) => {
  if (service.rollout.mode === 'global-job')
    report('CMP0503', `${service.path}/deploy/mode`, { service: service.name });
};

export const quantities: ServiceRule = ({ service, requests, limits }, { report }) => {
  for (const [resource, quantity] of [...Object.entries(requests), ...Object.entries(limits)]) {
    if (parseQuantity(quantity) === undefined)
      report('CMP0802', service.path, { service: service.name, resource, quantity });
  }
};

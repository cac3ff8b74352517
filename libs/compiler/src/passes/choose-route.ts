import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Whether and how the service is reached from outside by HTTP. */
export const chooseRoute: Pass = {
  name: 'choose-route',
  run(plan, { report }) {
    return mapServices(plan, (planned) => {
      const { route } = planned.settings;
      if (route === undefined) return planned;
      if (!planned.ports.some(({ protocol }) => protocol === 'tcp')) {
        report('CMP0405', planned.service.path, { service: planned.service.name });
        return planned;
      }
      return { ...planned, route };
    });
  },
};

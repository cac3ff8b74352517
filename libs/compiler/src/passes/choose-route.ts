import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';
import { routePort } from '../reach/published-ports.ts';

/** Whether and how the service is reached from outside by HTTP: where it publishes a port that it can be led to. */
export const chooseRoute: Pass = {
  name: 'choose-route',
  run(plan, { report }) {
    return mapServices(plan, (planned) => {
      const { route } = planned.settings;
      if (route === undefined) return planned;
      if (routePort(planned) === undefined) {
        report('CMP0405', planned.service.path, { service: planned.service.name });
        return planned;
      }
      return { ...planned, route };
    });
  },
};

import type { Design } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';
import { routePort } from '../reach/published-ports.ts';

/** Whether and how the service is reached from outside by HTTP: where it publishes a port that it can be led to. */
export const chooseRoute: Pass<Design> = {
  name: 'choose-route',
  run(design, { report }) {
    return mapServices(design, (designed) => {
      const { route } = designed.settings;
      if (route === undefined) return designed;
      if (routePort(designed) === undefined) {
        report('CMP0405', designed.service.path, { service: designed.service.name });
        return designed;
      }
      return { ...designed, route };
    });
  },
};

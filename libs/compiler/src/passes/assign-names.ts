import { own } from '../text/own.ts';
import { labelText } from '../names/label-text.ts';
import { uniqueNames } from '../names/unique-names.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Names of objects and on the network; Compose's own wherever they are valid. Injective within a project. */
export const assignNames: Pass = {
  name: 'assign-names',
  run(plan, { input }) {
    const services = plan.services.map(({ service }) => service.name);
    const names = uniqueNames(services, 'rfc1035');
    const endpoints = uniqueNames(services, plan.nameRule);
    return mapServices(plan, (planned) => {
      const { name: original } = planned.service;
      const name = names.get(original) ?? original;
      const instance = own(input.target.instances, original) ?? `${plan.app.name}-${original}`;
      const endpoint = endpoints.get(original) ?? name;
      return { ...planned, name, endpoint, instance: labelText(instance) };
    });
  },
};

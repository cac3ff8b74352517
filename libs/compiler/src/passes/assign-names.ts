import { own } from '@ushadow/kubernetes';
import type { NamedDesign } from '../model/design.ts';
import { labelText } from '../names/unique-names.ts';
import { uniqueNames } from '../names/unique-names.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Names of objects and on the network; Compose's own wherever they are valid. Injective within a project. */
export const assignNames: Pass<NamedDesign> = {
  name: 'assign-names',
  run(design, { input }) {
    const services = design.services.map(({ service }) => service.name);
    const names = uniqueNames(services, 'rfc1035');
    const endpoints = uniqueNames(services, design.nameRule);
    return mapServices(design, (designed) => {
      const { name: original } = designed.service;
      const name = names.get(original) ?? original;
      const instance = own(input.target.instances, original) ?? `${design.app.name}-${original}`;
      const endpoint = endpoints.get(original) ?? name;
      return { ...designed, name, endpoint, instance: labelText(instance) };
    });
  },
};

import { own } from '../text/own.ts';
import { labelText } from '../names/label-text.ts';
import { uniqueNames } from '../names/unique-names.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Names of objects and on the network; Compose's own wherever they are valid. Injective within a project. */
export const assignNames: Pass = {
  name: 'assign-names',
  run(plan, { input, report }) {
    const names = uniqueNames(
      plan.services.map(({ service }) => service.name),
      'rfc1035',
    );
    return mapServices(plan, (planned) => {
      const { name: original, path } = planned.service;
      const name = names.get(original) ?? original;
      if (name !== original) {
        // Resolvers ignore case, so such a name still leads there.
        report(name === original.toLowerCase() ? 'CMP0101' : 'CMP0102', path, { service: original, name });
      }
      const instance = own(input.options.serviceIds, original) ?? `${plan.app.name}-${original}`;
      return { ...planned, name, endpoint: name, instance: labelText(instance) };
    });
  },
};

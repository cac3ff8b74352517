import { own } from '@ushadow/kubernetes';
import type { NamedDesign } from '../model/design.ts';
import type { Variable } from '../model/app.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Resolved values win over the file's, and may add variables. */
export const resolveEnvironment: Pass<NamedDesign> = {
  name: 'resolve-environment',
  run(design, { input }) {
    return mapServices(design, (designed) => {
      const { service } = designed;
      const known = new Map(service.environment.map((variable): [string, Variable] => [variable.name, variable]));
      for (const [name, { value, secret }] of Object.entries(own(input.environment, service.name) ?? {})) {
        const path = known.get(name)?.path ?? `${service.path}/environment`;
        known.set(name, { name, value, secret, path });
      }
      const environment = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return { ...designed, service: { ...service, environment } };
    });
  },
};

import type { Plan } from '../model/plan.ts';
import { dataKey, outsideName } from '../storage/place-grant.ts';
import { own } from '../text/own.ts';
import type { PlanRule } from './rule.ts';

interface Outside {
  readonly path: string;
  readonly words: string;
}

/** What the project uses and leaves to others to make, by the names under which the namespace has to have it; once. */
export const outsideObjects: PlanRule = (plan, { report }) => {
  const all = [...externalClaims(plan), ...externalFiles(plan)];
  const [first] = all;
  if (first === undefined) return;
  const objects = [...new Set(all.map(({ words }) => words))].join(', ');
  report('CMP0922', first.path, { objects });
};

function externalClaims({ stores }: Plan): readonly Outside[] {
  return stores
    .filter(({ external }) => external)
    .map(({ name, path }) => ({ path, words: `PersistentVolumeClaim "${name}"` }));
}

function externalFiles({ app, services }: Plan): readonly Outside[] {
  return services.flatMap(({ service }) =>
    service.grants.flatMap(({ kind, source: name }): readonly Outside[] => {
      const source = own(kind === 'config' ? app.configs : app.secrets, name);
      if (source?.external !== true) return [];
      const object = `${kind === 'config' ? 'ConfigMap' : 'Secret'} "${outsideName(source)}"`;
      return [{ path: source.path, words: `${object} with key "${dataKey(name)}"` }];
    }),
  );
}

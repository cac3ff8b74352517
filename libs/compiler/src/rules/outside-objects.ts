import type { Design } from '../model/design.ts';
import type { DesignRule } from './rule.ts';

interface Outside {
  readonly path: string;
  readonly words: string;
}

/** What the project uses and leaves to others to make, by the names under which the namespace has to have it; once. */
export const outsideObjects: DesignRule = (design, { report }) => {
  const all = [...externalClaims(design), ...externalFiles(design)];
  const [first] = all;
  if (first === undefined) return;
  const objects = [...new Set(all.map(({ words }) => words))].join(', ');
  report('CMP0922', first.path, { objects });
};

function externalClaims({ stores }: Design): readonly Outside[] {
  return stores
    .filter(({ external }) => external)
    .map(({ name, path }) => ({ path, words: `PersistentVolumeClaim "${name}"` }));
}

function externalFiles({ fileSets, services }: Design): readonly Outside[] {
  const outside = new Map(fileSets.filter(({ naming }) => naming === 'external').map((set) => [set.key, set]));
  const parts = services.flatMap(({ mounts }) =>
    mounts.flatMap(({ source }) => (source.kind === 'files' ? source.parts : [])),
  );
  return parts.flatMap(({ set, items }): readonly Outside[] => {
    const found = outside.get(set);
    if (found === undefined) return [];
    const object = `${found.secret ? 'Secret' : 'ConfigMap'} "${found.name}"`;
    return items.map(({ key }) => ({ path: found.path, words: `${object} with key "${key}"` }));
  });
}

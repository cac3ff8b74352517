import { isDnsLabel, parseQuantity } from '@ushadow/kubernetes';
import type { JsonObject } from '@ushadow/kubernetes';
import { eachRepeated, isSet, listAt, numberAt, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

/** The fields of a volume that name what is in it: all but its name. */
const sourcesOf = (volume: JsonObject): readonly string[] =>
  Object.keys(volume).filter((key) => key !== 'name' && isSet(volume[key]));

function checkRequired(volume: JsonObject, report: Report): void {
  const required = {
    secret: 'secretName',
    configMap: 'name',
    persistentVolumeClaim: 'claimName',
    hostPath: 'path',
    image: 'reference',
  } as const;
  for (const [source, field] of Object.entries(required))
    if (isSet(volume[source]) && textAt(objectAt(volume[source])[field]) === undefined)
      report('is required', source, field);
}

const negative = (value: unknown): boolean => {
  const amount = parseQuantity(String(value));
  return amount !== undefined && amount < 0n;
};

function projectedPaths(sources: unknown): { path: string; at: (string | number)[] }[] {
  return objectsIn(sources).flatMap(([i, source]) => {
    const token = textAt(objectAt(source.serviceAccountToken).path);
    const items = (['secret', 'configMap', 'downwardAPI'] as const).flatMap((kind) =>
      objectsIn(objectAt(source[kind]).items).flatMap(([j, item]) => {
        const path = textAt(item.path);
        return path === undefined ? [] : [{ path, at: ['sources', i, kind, 'items', j, 'path'] }];
      }),
    );
    return token === undefined ? items : [...items, { path: token, at: ['sources', i, 'serviceAccountToken', 'path'] }];
  });
}

export const volumeRules: readonly TypeRule[] = [
  {
    rule: 'volume-name',
    on: ['PodSpec'],
    check({ volumes }, report) {
      for (const [i, volume] of objectsIn(volumes)) if (volume.name === '') report('is required', 'volumes', i, 'name');
      eachRepeated(
        objectsIn(volumes),
        ([, volume]) => textAt(volume.name),
        ([i], name) => report(`another volume is called ${name}`, 'volumes', i, 'name'),
      );
    },
  },
  {
    rule: 'volume-source',
    on: ['Volume'],
    check(volume, report) {
      if (sourcesOf(volume).length > 1) report(`must have only one source, has ${sourcesOf(volume).join(', ')}`);
      checkRequired(volume, report);
      if (negative(objectAt(volume.emptyDir).sizeLimit)) report('must not be negative', 'emptyDir', 'sizeLimit');
    },
  },
  {
    rule: 'volume-source',
    on: ['NFSVolumeSource'],
    check({ server, path }, report) {
      if (server === '') report('is required', 'server');
      if (typeof path === 'string' && !path.startsWith('/')) report('must be an absolute path', 'path');
    },
  },
  {
    rule: 'volume-items',
    on: ['KeyToPath'],
    check({ key, path }, report) {
      if (key === '') report('is required', 'key');
      if (path === '') report('is required', 'path');
    },
  },
  {
    rule: 'projected-volume',
    on: ['ProjectedVolumeSource'],
    check({ sources }, report) {
      for (const [i, source] of objectsIn(sources)) {
        if (Object.values(source).filter(isSet).length > 1) report('must have only one kind of source', 'sources', i);
        for (const kind of ['secret', 'configMap'] as const)
          if (isSet(source[kind]) && textAt(objectAt(source[kind]).name) === undefined)
            report('is required', 'sources', i, kind, 'name');
        const expiration = numberAt(objectAt(source.serviceAccountToken).expirationSeconds);
        if (expiration !== undefined && (expiration < 600 || expiration > 2 ** 32))
          report('must be at least 600', 'sources', i, 'serviceAccountToken', 'expirationSeconds');
      }
      eachRepeated(
        projectedPaths(sources),
        ({ path }) => path,
        ({ at }, path) => report(`another source writes ${path} too`, ...at),
      );
    },
  },
  {
    rule: 'claim-template',
    on: ['StatefulSetSpec'],
    check({ volumeClaimTemplates }, report) {
      const named = listAt(volumeClaimTemplates).length ? objectsIn(volumeClaimTemplates) : [];
      for (const [i, claim] of named) {
        const name = textAt(objectAt(claim.metadata).name);
        if (name === undefined || !isDnsLabel(name))
          report('must be an RFC 1123 label', 'volumeClaimTemplates', i, 'metadata', 'name');
      }
    },
  },
];

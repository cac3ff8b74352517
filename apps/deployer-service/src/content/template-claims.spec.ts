import { describe, expect, it } from '@jest/globals';
import { objectId, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import { claimsThatStay } from './claims-that-stay.ts';
import { withServices } from './owned-entry.ts';
import { NO_CONTENT, type StackContent, type WantedObject } from './stack-content.ts';
import { stepTo } from './step.ts';

const set = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'n' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
} as unknown as KubeObject;
const web: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'n' } };
const known = { serviceId: '', objectName: '', image: null, dependsOn: [], published: [] };
const service = { ...known, isOneShot: false, environment: [] };

function contentOf(objects: readonly WantedObject[], ...services: readonly string[]): StackContent {
  return { ...NO_CONTENT, objects, services: Object.fromEntries(services.map((name) => [name, service])) };
}

const good = contentOf(
  [
    { object: set, services: ['db'] },
    { object: web, services: ['web'] },
  ],
  'db',
  'web',
);
const claimId = (name: string): ObjectId => ({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  namespace: 'n',
  name,
});
const entry = (object: ObjectId, ...services: readonly string[]) => ({ object, uid: `uid-${object.name}`, services });
/** As it was kept when the claims of templates were of all that a deployment was about. */
const inventory = [
  entry(objectId(set), 'db'),
  entry(objectId(web), 'web'),
  entry(claimId('data-db-0'), 'db', 'web'),
  entry(claimId('files'), 'db', 'web'),
];
const removal = (deleteClaims: readonly string[], ...gone: readonly string[]) =>
  stepTo(good, { content: NO_CONTENT, selected: [], gone, change: {} }, inventory, {
    isRollback: false,
    deleteClaims,
  });
const names = (entries: readonly { readonly object: ObjectId }[]): string[] => entries.map(({ object }) => object.name);

describe('a claim that a StatefulSet has made', () => {
  it('is of the services that want the set, whatever the deployment was about', () => {
    const made = [entry(objectId(set)), entry(claimId('data-db-0')), entry(claimId('other'))];
    expect(withServices(made, good, [], ['db', 'web']).map(({ services }) => services)).toEqual([
      ['db'],
      ['db'],
      ['db', 'web'],
    ]);
  });

  it('goes with a removal of its service, and stays with one of another', () => {
    expect(names(removal(['data-db-0'], 'db').inventory)).toEqual(['db', 'data-db-0']);
    expect(names(removal([], 'web').inventory)).toEqual(['web']);
    expect(removal([], 'web').aside).toContainEqual(entry(claimId('data-db-0'), 'db'));
  });
});

describe('a claim that was named to be deleted', () => {
  const reported = (deleteClaims: readonly string[], ...gone: readonly string[]): string[] =>
    claimsThatStay(deleteClaims, removal(deleteClaims, ...gone)).map(({ message }) => message);

  it('is not spoken of where it goes', () => {
    expect(reported(['data-db-0'], 'db')).toEqual([]);
    expect(reported(['data-db-0', 'files'], 'db', 'web')).toEqual([]);
  });

  it('and stays is told, with the reason', () => {
    expect(reported(['data-db-0', 'files', 'none'], 'web')).toEqual([
      'PersistentVolumeClaim/data-db-0 is not deleted: db still uses it',
      'PersistentVolumeClaim/files is not deleted: it is of db, web, which this is not all about',
      'PersistentVolumeClaim/none is not deleted: the stack has no such claim',
    ]);
  });
});

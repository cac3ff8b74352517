import { describe, expect, it } from '@jest/globals';
import { OWNER_ANNOTATION, ownerText, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import { StackMembers } from './stack-members.ts';

const marked = (stack: string) => ({
  [OWNER_ANNOTATION]: ownerText({ installation: 'i', stack, project: 'shop', namespace: 'shop' }),
});

interface Parts {
  readonly uid?: string;
  readonly mark?: string;
  readonly controller?: KubeObject;
}

function object(kind: string, name: string, { uid = `${kind}-${name}`, mark, controller }: Parts = {}): KubeObject {
  const { apiVersion = '', kind: above = '' } = controller ?? {};
  const owner = { apiVersion, kind: above, name: controller?.metadata.name ?? '', uid: controller?.metadata.uid ?? '' };
  return {
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      ...{ name, namespace: 'shop', uid, labels: { 'app.kubernetes.io/name': 'web' } },
      ...(mark === undefined ? {} : { annotations: marked(mark) }),
      ...(controller === undefined ? {} : { ownerReferences: [{ ...owner, controller: true }] }),
    },
  };
}

function cluster(...objects: readonly KubeObject[]) {
  const asked: string[] = [];
  return {
    asked,
    get: ({ kind, name }: ObjectId) => {
      asked.push(`${kind}/${name}`);
      return Promise.resolve(objects.find((each) => each.kind === kind && each.metadata.name === name));
    },
  };
}

const web = object('Deployment', 'web', { mark: 'ours' });
const set = object('ReplicaSet', 'web-1', { controller: web });
const pod = object('Pod', 'web-1-a', { controller: set });

describe('what is of a stack', () => {
  const has = (each: KubeObject, ...objects: readonly KubeObject[]) =>
    new StackMembers('ours').has(cluster(...objects), each);

  it('is what hangs below an object with its mark', async () => {
    expect(await has(pod, web, set)).toBe(true);
    expect(await has(web)).toBe(true);
  });

  it('is nothing that has its labels alone', async () => {
    expect(await has(object('Pod', 'web-2'))).toBe(false);
    const theirs = object('Deployment', 'theirs');
    const theirSet = object('ReplicaSet', 'theirs-1', { controller: theirs });
    expect(await has(object('Pod', 'theirs-1-a', { controller: theirSet }), theirs, theirSet)).toBe(false);
  });

  it('is nothing of another stack, also where a controller bears a mark that was copied', async () => {
    const theirs = object('Deployment', 'web', { mark: 'theirs' });
    const copied = object('ReplicaSet', 'web-1', { mark: 'ours', controller: theirs });
    expect(await has(object('Pod', 'web-1-a', { controller: copied }), theirs, copied)).toBe(false);
  });

  it('is nothing that names a controller which is another one by now, or none', async () => {
    const successor = object('ReplicaSet', 'web-1', { uid: 'new', controller: web });
    expect(await has(pod, web, successor)).toBe(false);
    expect(await has(pod, web)).toBe(false);
  });

  it('is asked for once for all pods of a controller', async () => {
    const asking = cluster(web, set);
    const members = new StackMembers('ours');
    const pods = Array.from({ length: 20 }, (_, index) => object('Pod', `web-1-${String(index)}`, { controller: set }));
    expect(await Promise.all(pods.map((each) => members.has(asking, each)))).toEqual(pods.map(() => true));
    expect(asking.asked).toEqual(['ReplicaSet/web-1', 'Deployment/web']);
  });
});

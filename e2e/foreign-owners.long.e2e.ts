import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testNamespace, type TestNamespace } from '@ushadow/testing';
import { fileURLToPath } from 'node:url';
import { until } from './faults/support/until.ts';
import { manifestOf, type Marks } from './foreign/manifests.ts';
import { lookAt } from './support/look.ts';
import { findHelm, helmInstall, kubectlCreate } from './support/peers.ts';
import { deployStack, pathOf, startSystem, writesTo, type TestSystem } from './support/system.ts';

const helm = findHelm();
const withHelm = helm === undefined ? it.skip : it;
const noHelm = helm === undefined ? ' (helm is not there: USHADOW_TOOLS_BIN)' : '';

/** Of the project's objects, in the order of their names. */
const NAMES = [
  'ConfigMap/held-page',
  'ConfigMap/web-config',
  'Deployment/web',
  'Deployment/worker',
  'Ingress/web',
  'Job/migrate',
  'PersistentVolumeClaim/data-db-0',
  'PersistentVolumeClaim/held-files',
  'Secret/web-secrets',
  'Service/db',
  'Service/migrate',
  'Service/web',
  'Service/worker',
  'StatefulSet/db',
];

/** Made by the controller of a StatefulSet, of its template. */
const TEMPLATE_CLAIM = 'PersistentVolumeClaim/data-db-0';

describe('a project whose names others have', () => {
  let test: TestSystem;
  const namespaces: TestNamespace[] = [];

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('foreign', import.meta.url));
    test = await startSystem(import.meta.url, 'foreign', { compose });
  });

  afterAll(async () => {
    for (const namespace of namespaces) await namespace.delete();
    await test.stop();
  });

  const specs = { web: { ingress: { enabled: true, host: 'web.test' } } };
  const everything = { recreate: 'all', take_over: true, adopt: NAMES } as const;
  const newNamespace = async (): Promise<string> => {
    const namespace = await testNamespace(test.cluster, 'foreign');
    namespaces.push(namespace);
    return namespace.name;
  };
  const up = async (namespace: string, input: object = {}) =>
    (await deployStack(test, 'held', { namespace, specs, ...input })).deployment;
  const problemsIn = async (namespace: string, input: object = {}) => {
    const { cluster_id } = test.registered;
    const plan = await test.client.planStack({ cluster_id, project: 'held', namespace, specs, ...input });
    expect(plan.applicable).toBe(false);
    return plan.problems.map(({ code, object, message, remedy }) => {
      const [kind = '', , name = ''] = (object ?? '').split('/');
      return { code, object: `${kind}/${name}`, message, remedy };
    });
  };
  const writesIn = (name: string) => writesTo({ ...test, namespace: { ...test.namespace, name } });

  /** As it is once the claims are bound: that is written to them. */
  const settled = (namespace: string) =>
    until(
      `bound claims in ${namespace}`,
      async () => {
        const look = await lookAt(test.cluster, namespace);
        const claims = [...look].filter(([key]) => key.startsWith('PersistentVolumeClaim/'));
        return claims.every(([, { text }]) => text.includes('bind-completed')) ? look : undefined;
      },
      30_000,
    );

  /** Whatever is asked for, it is refused by name, each of them, and not a byte changes. */
  const refused = async (namespace: string, by: string): Promise<void> => {
    const before = await settled(namespace);
    expect([...before.keys()]).toEqual(expect.arrayContaining(NAMES));
    for (const input of [{}, { recreate: 'all', take_over: true }, everything]) {
      const problems = await problemsIn(namespace, input);
      expect(problems.map(({ object }) => object).sort()).toEqual(NAMES);
      for (const { code, object, message, remedy } of problems) {
        expect([object, code, message]).toEqual([object, 'NAME_TAKEN', expect.stringContaining(by)]);
        expect([object, remedy]).toEqual([object, 'deploy into another namespace (-n)']);
      }
      const deployment = await up(namespace, input);
      expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'NAME_TAKEN' } });
      expect(deployment.verdict?.rollback).toBeUndefined();
    }
    expect(await lookAt(test.cluster, namespace)).toEqual(before);
    expect(await writesIn(namespace)).toEqual([]);
  };

  const create = async (namespace: string, marks: Marks = {}, names = NAMES): Promise<void> => {
    const objects = names.map((name) => manifestOf(name, marks));
    await kubectlCreate(test.cluster.kubeconfigPath, namespace, objects);
  };

  it('has exactly these', async () => {
    const { cluster_id } = test.registered;
    const namespace = await newNamespace();
    const plan = await test.client.planStack({ cluster_id, project: 'held', namespace, specs });
    const own = plan.objects.map(({ object }) =>
      object
        .split('/')
        .filter((part) => part !== namespace)
        .join('/'),
    );
    expect([...own, TEMPLATE_CLAIM].sort()).toEqual(NAMES);
  });

  withHelm(`is refused by the release where Helm has installed them, adopted or not${noHelm}`, async () => {
    const namespace = await newNamespace();
    const place = { kubeconfig: test.cluster.kubeconfigPath, namespace, release: 'theirs' };
    await helmInstall(
      helm ?? '',
      place,
      NAMES.map((name) => manifestOf(name)),
    );
    await refused(namespace, `Helm release ${namespace}/theirs`);
  });

  it('is refused by the application where Argo CD tracks them', async () => {
    const namespace = await newNamespace();
    await create(namespace, { annotations: { 'argocd.argoproj.io/tracking-id': 'blog:apps/Deployment:blog/web' } });
    await refused(namespace, 'Argo CD application blog');
  });

  it('is refused by the Kustomization where Flux brings them', async () => {
    const namespace = await newNamespace();
    const labels = {
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    };
    await create(namespace, { labels });
    await refused(namespace, 'Flux Kustomization flux-system/apps');
  });

  it('is refused by the controller that keeps them', async () => {
    const namespace = await newNamespace();
    await create(namespace, {}, ['ConfigMap/operator']);
    const { body } = await test.cluster.api.get(pathOf(namespace, 'configmaps', 'operator'));
    const { uid } = (body as { metadata: { uid: string } }).metadata;
    const controller = { apiVersion: 'v1', kind: 'ConfigMap', name: 'operator', uid, controller: true };
    await create(namespace, { ownerReferences: [controller] });
    await refused(namespace, 'controlled by ConfigMap/operator');
  });

  describe('which were made by hand', () => {
    let namespace = '';
    beforeAll(async () => {
      namespace = await newNamespace();
      await create(namespace);
    });

    it('is refused for each of them, with how to take just that one', async () => {
      const before = await settled(namespace);
      const problems = await problemsIn(namespace);
      expect(problems.map(({ object }) => object).sort()).toEqual(NAMES);
      for (const { code, object, message, remedy } of problems) {
        expect([object, code, message]).toEqual([object, 'NAME_TAKEN', expect.stringContaining('nothing marks it')]);
        expect([object, remedy]).toEqual([object, expect.stringMatching(new RegExp(`-n.*--adopt ${object}$`))]);
      }
      for (const input of [{}, { recreate: 'all', take_over: true }])
        expect(await up(namespace, input)).toMatchObject({ status: 'failed', verdict: { code: 'NAME_TAKEN' } });
      expect(await lookAt(test.cluster, namespace)).toEqual(before);
    });

    it('is refused while one of them is not named, and nothing of those that are is taken', async () => {
      const before = await settled(namespace);
      for (const left of NAMES) {
        const adopt = NAMES.filter((name) => name !== left);
        const problems = await problemsIn(namespace, { ...everything, adopt });
        expect(problems).toEqual([expect.objectContaining({ code: 'NAME_TAKEN', object: left })]);
      }
      const adopt = NAMES.slice(1);
      expect(await up(namespace, { ...everything, adopt })).toMatchObject({ verdict: { code: 'NAME_TAKEN' } });
      expect(await lookAt(test.cluster, namespace)).toEqual(before);
      expect(await writesIn(namespace)).toEqual([]);
    });

    it('takes them over when each is named: the audit has their names, the claims are the same ones', async () => {
      const claims = async () =>
        [...(await lookAt(test.cluster, namespace))]
          .filter(([key]) => key.startsWith('PersistentVolumeClaim/'))
          .map(([key, { uid }]) => [key, uid]);
      const before = await claims();
      const deployment = await up(namespace, everything);
      expect(deployment).toMatchObject({ status: 'succeeded' });
      const after = await lookAt(test.cluster, namespace);
      expect([...after].map(([key, { owner }]) => [key, owner]).sort()).toEqual(
        NAMES.map((name) => [name, deployment.stack_id]),
      );
      expect(await claims()).toEqual(before);
      const { entries } = await test.client.listAudit({ limit: 20 });
      const own = entries.filter(({ deployment_id }) => deployment_id === deployment.deployment_id);
      expect(own.map((entry) => entry.deployment?.adopted)).toContainEqual(NAMES);
      expect(await up(namespace)).toMatchObject({ status: 'succeeded' });
    });
  });
});

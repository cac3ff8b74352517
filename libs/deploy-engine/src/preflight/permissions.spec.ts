import { describe, expect, it } from '@jest/globals';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { configMap, deployment } from '../../test/workloads.ts';
import { missingPermissions, roleYaml } from './permissions.ts';

describe('permissions', () => {
  it('B7: what is missing is named, with the YAML that closes the gap', async () => {
    const cluster = new FakeCluster();
    const rule = { apiGroups: ['', 'apps'], resourceNames: [] };
    cluster.selfSubjectRulesReview = () =>
      Promise.resolve({
        incomplete: false,
        rules: [
          {
            ...rule,
            resources: ['configmaps', 'deployments', 'pods', 'events', 'replicasets'],
            verbs: ['get', 'list', 'create', 'patch'],
          },
          { ...rule, resources: ['deployments', 'pods', 'events', 'replicasets'], verbs: ['watch'] },
        ],
      });
    const missing = await missingPermissions([deployment('web'), configMap('c')], cluster);
    expect(missing).toEqual([{ verb: 'get', group: '', resource: 'pods/log', namespace: 'shop' }]);
    expect(roleYaml(missing)).toBe(
      [
        'apiVersion: rbac.authorization.k8s.io/v1',
        'kind: Role',
        'metadata:',
        '  name: ushadow-deploy',
        '  namespace: shop',
        'rules:',
        '- apiGroups:',
        '  - ""',
        '  resources:',
        '  - pods/log',
        '  verbs:',
        '  - get',
        '',
      ].join('\n'),
    );
  });

  it('are asked one by one where the server cannot list them all', async () => {
    const cluster = new FakeCluster();
    cluster.selfSubjectRulesReview = () => Promise.resolve({ incomplete: true, rules: [] });
    expect(await missingPermissions([configMap('c')], cluster)).toEqual([]);
    cluster.selfSubjectAccessReview = () => Promise.resolve({ allowed: false });
    expect((await missingPermissions([configMap('c')], cluster)).map(({ verb }) => verb)).toEqual([
      'get',
      'create',
      'patch',
    ]);
  });
});

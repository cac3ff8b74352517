import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const placed = (constraint: string) =>
  designProject({ services: { web: { deploy: { placement: { constraints: [constraint] } } } } });

describe('choose-nodes', () => {
  it.each([
    ['node.hostname == n1', 'kubernetes.io/hostname', 'In', ['n1']],
    ['node.labels.disk!=hdd', 'disk', 'NotIn', ['hdd']],
    ['node.platform.arch==arm64', 'kubernetes.io/arch', 'In', ['arm64']],
    ['node.role == worker', 'node-role.kubernetes.io/control-plane', 'DoesNotExist', []],
  ])('%s', (constraint, key, operator, values) => {
    expect(placed(constraint).of('web').nodeRules.required).toEqual([{ key, operator, values }]);
  });

  it('leaves out what no label can match, and says so', () => {
    for (const constraint of ['node.id == x', 'engine.labels.operatingsystem == ubuntu 14.04', 'nonsense']) {
      expect([placed(constraint).of('web').nodeRules.required, placed(constraint).codes]).toEqual([
        [],
        ['CMP0804 /services/web/deploy/placement/constraints/0'],
      ]);
    }
  });

  it('keeps the users of a volume together that one node can mount, unless the class can be shared', () => {
    const volumes = [{ type: 'volume' as const, source: 'd', target: '/d' }];
    const project = { services: { a: { volumes }, b: { volumes } }, volumes: { d: { name: 'demo_d' } } };
    expect(designProject(project).of('a').together).toBe('demo-d');
    expect(designProject(project, { target: { storage: { shared: true } } }).of('a').together).toBeUndefined();
  });
});

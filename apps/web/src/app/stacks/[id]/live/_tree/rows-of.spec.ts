import { describe, expect, it } from '@jest/globals';
import { KeptTree, type TreeNodeData } from '@ushadow/contracts';
import { restId, rowsOf, type Folds } from './rows-of.ts';

const object = { created_at: null, services: [], message: '' };

function pod(name: string, health: TreeNodeData['health']): TreeNodeData {
  const counts = { restarts: 0, containers: 1, containers_ready: 1, claims: [] };
  return {
    type: 'pod',
    id: `Pod/${name}`,
    parent: 'Deployment/web',
    name,
    kind: 'Pod',
    health,
    phase: 'Running',
    node: null,
    ip: null,
    ...object,
    ...counts,
  };
}

const counts = { pods: 1, pods_ready: 1, restarts: 0 };
const service: TreeNodeData = {
  type: 'service',
  id: 'service:web',
  parent: null,
  name: 'web',
  health: 'ready',
  message: '',
  ...counts,
};
const workload: TreeNodeData = {
  type: 'workload',
  id: 'Deployment/web',
  parent: 'service:web',
  name: 'web',
  kind: 'Deployment',
  health: 'ready',
  wanted: 1,
  former: 0,
  schedule: null,
  ...object,
  ...counts,
};

function shown(pods: readonly TreeNodeData[], folds: Folds = new Map()): string[] {
  return rowsOf(new KeptTree([service, workload, ...pods]), folds).map((row) =>
    row.type === 'node'
      ? `${'  '.repeat(row.depth)}${row.node.name}`
      : `${'  '.repeat(row.depth)}+${String(row.count)}`,
  );
}

describe('the lines of a live tree', () => {
  it('end at what runs a service where all is well', () => {
    expect(shown([pod('a', 'ready'), pod('b', 'ready')])).toEqual(['web', '  web']);
  });

  it('lead to whatever wants attention, first, and fold the rest of many', () => {
    const many = Array.from({ length: 500 }, (_, index) => pod(`p${String(index)}`, index === 77 ? 'failed' : 'ready'));
    expect(shown(many)).toEqual(['web', '  web', '    p77', '    p0', '    p1', '    p2', '    +496']);
  });

  it('are open and folded where somebody has said so', () => {
    const pods = [pod('a', 'ready'), pod('b', 'failed')];
    expect(shown(pods, new Map([['Deployment/web', false]]))).toEqual(['web', '  web']);
    const many = Array.from({ length: 9 }, (_, index) => pod(`p${String(index)}`, 'ready'));
    const open = new Map([
      ['Deployment/web', true],
      [restId('Deployment/web'), true],
    ]);
    expect(shown(many, open)).toHaveLength(11);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { managerOf } from './field-manager.ts';

const template = (container: object) => ({ 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': container } } } });
const entry = (manager: string, time: string, fieldsV1: object, more: object = {}) => ({
  ...{ manager, operation: 'Update', apiVersion: 'apps/v1', time, fieldsType: 'FieldsV1', fieldsV1 },
  ...more,
});
const live = (...managedFields: readonly object[]): KubeObject =>
  ({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
    metadata: { name: 'web', managedFields },
    spec: {
      template: {
        spec: {
          containers: [{ name: 'web', image: 'a:1', args: ['x', 'y'], ports: [{ name: 'http', containerPort: 80 }] }],
        },
      },
    },
  }) as unknown as KubeObject;
const at = (...steps: readonly string[]) => ['spec', 'template', 'spec', 'containers', '[name=web]', ...steps];

describe('who manages a field', () => {
  const image = template({ 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:args': {} } });

  it('is read from managed fields, through items by their keys', () => {
    const object = live(entry('kubectl-set', '2026-01-02T03:04:05Z', image));
    expect(managerOf(object, at('image'), 'ushadow')).toEqual({
      manager: 'kubectl-set',
      since: '2026-01-02T03:04:05Z',
    });
    expect(managerOf(object, at('command'), 'ushadow')).toBeUndefined();
  });

  it('is who manages all of a list that has no keys', () => {
    expect(managerOf(live(entry('x', '', image)), at('args', '[1]'), 'ushadow')).toEqual({ manager: 'x' });
  });

  it('finds an item by other keys than its name', () => {
    const ports = template({ 'k:{"name":"web"}': { 'f:ports': { 'k:{"containerPort":80}': { 'f:hostPort': {} } } } });
    expect(managerOf(live(entry('x', '', ports)), at('ports', '[name=http]', 'hostPort'), 'ushadow')?.manager).toBe(
      'x',
    );
  });

  it('is none of ours, and of several others the one that has written last; who writes a status writes no field', () => {
    const object = live(
      entry('ushadow', '2026-05-01T00:00:00Z', image, { operation: 'Apply' }),
      entry('old', '2026-01-01T00:00:00Z', image),
      entry('new', '2026-02-01T00:00:00Z', image),
      entry('status', '2026-03-01T00:00:00Z', image, { subresource: 'status' }),
    );
    expect(managerOf(object, at('image'), 'ushadow')?.manager).toBe('new');
  });
});

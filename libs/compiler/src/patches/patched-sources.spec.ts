import { describe, expect, it } from '@jest/globals';
import type { PlainValue } from '@ushadow/compose';
import { compileProject } from '../testing/compile-project.ts';

function sourcesOf(patch: Readonly<Record<string, PlainValue>>): Readonly<Record<string, string>> {
  const result = compileProject({ services: { web: { environment: { A: '1' }, 'x-k8s': patch } } });
  expect(result.ok).toBe(true);
  const own = result.sourceMap.filter(({ object, path }) => object.kind === 'Deployment' && path.includes('x-k8s'));
  return Object.fromEntries(own.map(({ pointer, path }) => [pointer, path]));
}

describe('the source map of what a patch has changed', () => {
  const container = '/spec/template/spec/containers/0';

  it('leads into a merge patch, list items found by name', () => {
    const env = [{ name: 'KEY', valueFrom: { configMapKeyRef: { name: 'settings', key: 'key' } } }];
    const sources = sourcesOf({
      Deployment: { spec: { replicas: 3, template: { spec: { containers: [{ name: 'web', env }] } } } },
    });
    const patch = '/services/web/x-k8s/Deployment/spec';
    expect(sources).toEqual({
      '/spec/replicas': `${patch}/replicas`,
      [`${container}/env`]: `${patch}/template/spec/containers/0/env`,
      [`${container}/env/0`]: `${patch}/template/spec/containers/0/env/0`,
      [`${container}/env/0/name`]: `${patch}/template/spec/containers/0/env/0/name`,
      [`${container}/env/0/valueFrom`]: `${patch}/template/spec/containers/0/env/0/valueFrom`,
      [`${container}/env/0/valueFrom/configMapKeyRef`]: `${patch}/template/spec/containers/0/env/0/valueFrom/configMapKeyRef`,
      [`${container}/env/0/valueFrom/configMapKeyRef/name`]: `${patch}/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/name`,
      [`${container}/env/0/valueFrom/configMapKeyRef/key`]: `${patch}/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key`,
    });
  });

  it('leads to the operation of a JSON patch', () => {
    const sources = sourcesOf({
      Deployment: [
        { op: 'add', path: '/spec/minReadySeconds', value: 3 },
        { op: 'replace', path: `${container}/image`, value: 'other:1' },
      ],
    });
    expect(sources).toEqual({
      '/spec/minReadySeconds': '/services/web/x-k8s/Deployment/0',
      [`${container}/image`]: '/services/web/x-k8s/Deployment/1',
    });
  });
});

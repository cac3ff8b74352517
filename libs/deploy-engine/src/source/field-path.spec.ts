import { describe, expect, it } from '@jest/globals';
import { pointersOf } from './field-path.ts';

const object = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
  data: { 'nginx.conf': 'x', nginx: { conf: 'y' } },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'side' },
          {
            name: 'main',
            image: 'i',
            ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }, { containerPort: 81 }],
          },
        ],
      },
    },
  },
};
const main = '/spec/template/spec/containers/1';

describe('the place a field path means', () => {
  it.each<[string, string[]]>([
    ['spec.template.spec.containers[1].image', [`${main}/image`]],
    ['.spec.template.spec.containers[name="main"].image', [`${main}/image`]],
    ['.data.nginx.conf', ['/data/nginx.conf']],
    ['metadata.labels[app.kubernetes.io/name]', ['/metadata/labels/app.kubernetes.io~1name']],
    ['.metadata.labels.app.kubernetes.io/name', ['/metadata/labels/app.kubernetes.io~1name']],
  ])('%s', (path, pointers) => expect(pointersOf(object, path)).toEqual(pointers));

  it('is the deepest part that is there when the path goes on below it', () => {
    expect(pointersOf(object, 'spec.template.spec.containers[1].resources.limits.memory')).toEqual([main]);
    expect(pointersOf(object, 'spec.template.spec.containers[7].image')).toEqual(['/spec/template/spec/containers']);
    expect(pointersOf(object, '')).toEqual(['']);
  });

  it('is each item that fits a list key, defaults included', () => {
    const path = '.spec.template.spec.containers[name="main"].ports[containerPort=80,protocol="TCP"]';
    expect(pointersOf(object, path)).toEqual([`${main}/ports/0`, `${main}/ports/1`]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { fieldAt, withField } from './field-steps.ts';

const web = (containers: unknown): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec: { containers } } },
  }) as KubeObject;
const steps = (...more: readonly string[]) => ['spec', 'template', 'spec', 'containers', ...more];

describe('the way to a field', () => {
  it('leads through keys that hold dots and to items of lists by their names', () => {
    const object = web([{ name: 'web', image: 'a:1' }, { name: 'side' }]);
    expect(fieldAt(object, steps('[name=web]', 'image'))).toBe('a:1');
    expect(fieldAt(object, steps('[1]', 'name'))).toBe('side');
    expect(fieldAt(object, steps('[name=gone]', 'image'))).toBeUndefined();
    const annotated = withField(object, ['metadata', 'annotations', 'a.b/c.d'], 'x');
    expect(fieldAt(annotated, ['metadata', 'annotations', 'a.b/c.d'])).toBe('x');
  });

  it('changes that field alone, and nothing of the object it was given', () => {
    const object = web([
      { name: 'web', image: 'a:1' },
      { name: 'side', image: 'b:1' },
    ]);
    const changed = withField(object, steps('[name=side]', 'image'), 'b:2');
    expect(changed).toEqual(
      web([
        { name: 'web', image: 'a:1' },
        { name: 'side', image: 'b:2' },
      ]),
    );
    expect(fieldAt(object, steps('[name=side]', 'image'))).toBe('b:1');
  });

  it('makes what is missing on the way to a value, and nothing on the way to none', () => {
    const object = web([]);
    expect(withField(object, steps('[name=new]', 'image'), 'c:1')).toEqual(web([{ name: 'new', image: 'c:1' }]));
    expect(withField(object, ['spec', 'nowhere', 'deeper'], undefined)).toEqual(object);
    expect(withField(web([{ name: 'a' }, { name: 'b' }]), steps('[name=a]'), undefined)).toEqual(web([{ name: 'b' }]));
  });
});

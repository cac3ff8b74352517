import { describe, expect, it } from '@jest/globals';
import { pod, service, type Json } from '../../testing/cluster-objects.ts';
import { isProblem, ViewReader } from './view-reader.ts';

const selector = { app: 'db' };
const container = ['postgres:17', { postgres: 5432 }] as const;
const first = <T>(list: readonly T[] | undefined): T => {
  const [one] = list ?? [];
  if (one === undefined) throw new Error('nothing there');
  return one;
};

function readerOf(...services: readonly unknown[]): ViewReader {
  const reader = new ViewReader();
  services.forEach((one) => reader.service(one));
  return reader;
}

describe('what is kept of objects', () => {
  const selecting = first(service('db', { selector, ports: [['postgres', 5432]] }).services);
  const selectingNothing = first(service('db', { ports: [['postgres', 5432]], endpoints: ['db-0'] }).services);

  it('is one view for pods that say the same, however many there are', () => {
    const reader = readerOf(selecting);
    const views = Array.from({ length: 100 }, (_, index) =>
      reader.pod(first(pod(`db-${index}`, { ...selector, 'pod-template-hash': String(index) }, container).pods)),
    );
    expect(new Set(views).size).toBe(1);
    expect(views[0]).toMatchObject({ name: undefined, labels: new Map([['app', 'db']]) });
  });

  it('is nothing of a pod that no Service can select', () => {
    expect(readerOf(selecting).pod(first(pod('x', { other: 'label' }, container).pods))).toBeUndefined();
  });

  it('is the name of a pod only where a Service without a selector may lead to it', () => {
    const object = first(pod('db-0', {}, container).pods);
    expect(readerOf(selectingNothing).pod(object)?.name).toBe('db-0');
  });

  it('is of an EndpointSlice its pods only for such a Service', () => {
    const slice = first(service('db', { ports: [], endpoints: ['db-0'] }).endpointSlices);
    expect(readerOf(selectingNothing).slice(slice)).toMatchObject({ ready: true, pods: ['db-0'] });
    expect(readerOf(selecting).slice(slice)).toMatchObject({ ready: true, pods: [] });
  });

  it('holds no value of a variable', () => {
    const object = first(pod('db-0', selector, container).pods) as { spec: { containers: Json[] } };
    first(object.spec.containers)['env'] = [{ name: 'POSTGRES_PASSWORD', value: 'canary' }];
    expect(JSON.stringify(readerOf(selecting).pod(object))).not.toContain('canary');
  });

  it('stays small, whatever a cluster sends', () => {
    const long = 'x'.repeat(100_000);
    const many = Array.from({ length: 5_000 }, (_, index) => index);
    const labels = Object.fromEntries(many.map((index) => [`l${index}`, `v${index}`]));
    const hostile = {
      metadata: { name: 'db', namespace: 'infra', labels: { ...labels, app: long } },
      spec: {
        selector: labels,
        externalName: long,
        ports: many.map((port) => ({ name: long, port, targetPort: long })),
      },
      status: { loadBalancer: { ingress: many.map(() => ({ hostname: long })) } },
    };
    const read = new ViewReader().service(hostile);
    expect(
      JSON.stringify(read, (_key, value: unknown) => (value instanceof Map ? [...value] : value)).length,
    ).toBeLessThan(10_000);
  });

  it('is no more than there is room for, and it is known that there was more', () => {
    const reader = new ViewReader(20);
    const name = (index: number) => first(service(`db-${index}`, { selector, ports: [['postgres', 5432]] }).services);
    const kept = Array.from({ length: 100 }, (_, index) => reader.service(name(index))).filter(
      (one) => one !== undefined,
    );
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(10);
    expect(reader.isFull).toBe(true);
    expect(reader.pod(first(pod('db-0', selector, container).pods))).toBeUndefined();
  });

  it('is a problem with a name for a Service that cannot be read', () => {
    const read = new ViewReader().service({ metadata: { namespace: 'infra' } });
    expect(isProblem(read) && read).toEqual({
      namespace: 'infra',
      service: '(no name)',
      message: 'a Service without a name',
    });
  });
});

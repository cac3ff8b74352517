import { describe, expect, it } from '@jest/globals';
import type { OverrideData } from '@ushadow/contracts';
import { fieldAt } from '@ushadow/deploy-engine';
import type { KubeObject } from '@ushadow/kubernetes';
import { mergeContent } from '../merge-content.ts';
import { NO_CONTENT, type StackContent } from '../stack-content.ts';
import { knownService } from '../testing/known-service.ts';
import { overrideName } from './override-names.ts';
import { PROBES_OFF } from './override-values.ts';
import { chosen, givenUp, putInto, takenOutOf, withOverrides } from './with-overrides.ts';

const at = ['spec', 'template', 'spec', 'containers', '[name=web]'];

function compiled(image: string, container: object = {}): StackContent {
  const spec = {
    initContainers: [{ name: 'fill', image }],
    containers: [
      { name: 'web', image, ...container },
      { name: 'side', image: 'side:1' },
    ],
  };
  const metadata = { name: 'web', namespace: 'shop' };
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 1, template: { spec } } };
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: 'shop' },
    data: { a: '1' },
  };
  return {
    ...NO_CONTENT,
    objects: [web, settings].map((object) => ({ object: object as unknown as KubeObject, services: ['web'] })),
    services: { web: knownService('web', { image }) },
  };
}
const imageOf = ({ objects }: StackContent) => fieldAt(objects[0]?.object, [...at, 'image']);
const remembering = (content: StackContent, ...overrides: readonly OverrideData[]): StackContent => ({
  ...content,
  configuration: { ...content.configuration, overrides },
});

describe('what people have chosen in the place of what the file says', () => {
  const image = chosen(compiled('web:1'), { service: 'web', key: 'image', value: 'web:2' });
  const object = 'ConfigMap/shop/web';
  const field = chosen(compiled('web:1'), { service: 'web', key: 'field', object, path: ['data', 'a'], value: '"9"' });

  it('holds over what is compiled again, and keeps what the file said', () => {
    expect([image.file_value, field.file_value]).toEqual(['web:1', '"1"']);
    const { content, kept, dropped } = withOverrides(compiled('web:1'), [image, field]);
    expect([imageOf(content), content.services['web']?.image, dropped]).toEqual(['web:2', 'web:2', []]);
    expect(content.objects[1]?.object['data']).toEqual({ a: '9' });
    expect(kept).toEqual([image, field]);
  });

  it('changes an image where it is copied from as well, and no other container', () => {
    const { content } = withOverrides(compiled('web:1'), [image]);
    const template = fieldAt(content.objects[0]?.object, at.slice(0, 3));
    expect(JSON.stringify(template).match(/[a-z]+:\d/g)).toEqual(['web:2', 'web:2', 'side:1']);
  });

  it('gives way to a file that says something else than it did, and says so', () => {
    const { content, kept, dropped } = withOverrides(compiled('web:3'), [image]);
    expect([imageOf(content), kept, dropped]).toEqual(['web:3', [], [{ override: image, now: 'web:3' }]]);
  });

  it('is over without a word where the file says the same by now', () => {
    expect(withOverrides(compiled('web:2'), [image])).toMatchObject({ kept: [], dropped: [] });
  });

  it('is over where its object is gone', () => {
    const { objects, ...rest } = compiled('web:1');
    const without = { ...rest, objects: objects.slice(0, 1) };
    expect(withOverrides(without, [field]).dropped).toEqual([{ override: field, now: undefined }]);
  });

  it('chosen again keeps what the file said at first', () => {
    const content = remembering(putInto(compiled('web:1'), [image]), image);
    expect(chosen(content, { service: 'web', key: 'image', value: 'web:5' }).file_value).toBe('web:1');
  });

  it('given up leaves what the file said, whatever was chosen in between', () => {
    const probes = { livenessProbe: { exec: { command: ['x'] } }, readinessProbe: { tcpSocket: { port: 80 } } };
    const before = compiled('web:1', probes);
    const off = chosen(before, { service: 'web', key: 'probe', value: PROBES_OFF });
    const all = [image, field, off];
    const without = putInto(before, all);
    expect(JSON.stringify(without.objects)).not.toContain('Probe');
    expect(takenOutOf(without, all).objects).toEqual(before.objects);
  });

  it('of a number of pods replaces that of the file also while it is stopped, and leaves it stopped when given up', () => {
    const running = compiled('web:1');
    const stopped: StackContent = {
      ...running,
      objects: running.objects.map(({ object, ...rest }) => ({
        ...rest,
        object: object.kind === 'Deployment' ? { ...object, spec: { replicas: 0 } } : object,
      })),
      configuration: { ...running.configuration, stopped: { web: 1 } },
    };
    const scaled = chosen(stopped, { service: 'web', key: 'replicas', value: 3 });
    expect(scaled.file_value).toBe(1);
    const remembered = remembering(stopped, scaled);
    const { content, stopped: starting } = givenUp(remembered, [scaled]);
    expect(fieldAt(content.objects[0]?.object, ['spec', 'replicas'])).toBe(0);
    expect(starting).toEqual({ web: 1 });
  });

  it('of a number of pods is one for all that run in one pod, whichever of them was named', () => {
    const content = compiled('web:1');
    const pod = { ...content, objects: content.objects.map((each) => ({ ...each, services: ['api', 'web'] })) };
    const first = chosen(pod, { service: 'web', key: 'replicas', value: 2 });
    const again = chosen(remembering(putInto(pod, [first]), first), { service: 'api', key: 'replicas', value: 3 });
    expect(again).toMatchObject({ service: 'web', value: 3, file_value: 1 });
  });

  it('of what services share holds on with those that are left of them', () => {
    const shared = chosen(compiled('web:1'), {
      service: 'api',
      key: 'field',
      object,
      path: ['data', 'a'],
      value: '"9"',
    });
    expect(withOverrides(compiled('web:1'), [shared]).kept).toEqual([{ ...shared, service: 'web' }]);
  });

  it('is remembered by its name: one takes the place of the other, and of other services nothing is lost', () => {
    const other: OverrideData = { service: 'db', key: 'replicas', value: 2, file_value: 1 };
    const before = remembering(
      { ...compiled('web:1'), services: { web: knownService('web'), db: knownService('db') } },
      ...[image, other],
    );
    const again = { ...image, value: 'web:7' };
    const update = {
      content: before,
      selected: ['web'],
      gone: [],
      change: { put: [again], dropped: [overrideName(field)] },
    };
    expect(mergeContent(before, update).configuration.overrides).toEqual([other, again]);
  });
});

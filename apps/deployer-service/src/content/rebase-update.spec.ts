import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { mergeContent } from './merge-content.ts';
import { rebaseUpdate } from './rebase-update.ts';
import { replicasOf } from './replicas.ts';
import { NO_CONTENT, type StackContent, type StackUpdate, type WantedObject } from './stack-content.ts';
import { knownService } from './testing/known-service.ts';

const deployment = (name: string, image: string, replicas: number): WantedObject => ({
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, image },
  } as unknown as KubeObject,
  services: [name],
});
const configMap = (name: string, text: string): WantedObject => ({
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text } } as unknown as KubeObject,
  services: ['web'],
});

function updateOf(objects: readonly WantedObject[], change: StackUpdate['change'] = {}): StackUpdate {
  const services = { web: knownService('web') };
  return {
    content: { objects, dependencies: [], sourceMap: [], services, filesDigest: null },
    selected: ['web'],
    gone: [],
    change,
  };
}
const contentOf = (...updates: readonly StackUpdate[]): StackContent => updates.reduce(mergeContent, NO_CONTENT);
const imageOf = ({ content }: StackUpdate) =>
  (content.objects[0]?.object.spec as { image?: string } | undefined)?.image;

describe('an update that has waited for another deployment', () => {
  it('changes a number of replicas of what is there now, and brings nothing old back', () => {
    const waited = updateOf([deployment('web', 'old', 3)]);
    const good = contentOf(updateOf([deployment('web', 'new', 1)]));
    const rebased = rebaseUpdate({ kind: 'scale', basedOn: null }, waited, good);
    expect(imageOf(rebased)).toBe('new');
    expect(replicasOf(rebased.content, 'web')).toBe(3);
  });

  it('writes an env map into the service as it is now, and leaves it stopped where it is', () => {
    const waited = updateOf([deployment('web', 'old', 1), configMap('web-config', 'typed')]);
    const good = contentOf(
      updateOf([deployment('web', 'new', 0), configMap('web-config', 'before')], { stopped: { web: 2 } }),
    );
    const rebased = rebaseUpdate({ kind: 'envmap', basedOn: null }, waited, good);
    expect(imageOf(rebased)).toBe('new');
    expect(JSON.stringify(rebased.content.objects)).toContain('typed');
    expect(contentOf(rebased).configuration.stopped).toEqual({ web: 2 });
  });

  it('brings no service back that is gone by now', () => {
    const waited = updateOf([deployment('web', 'old', 3)]);
    const rebased = rebaseUpdate({ kind: 'scale', basedOn: null }, waited, contentOf());
    expect(mergeContent(contentOf(), rebased).objects).toEqual([]);
  });

  it('stands as it is where it comes from files, or from a revision', () => {
    const update = updateOf([deployment('web', 'wanted', 1)]);
    const good = contentOf(updateOf([deployment('web', 'other', 1)]));
    expect(rebaseUpdate({ kind: 'deploy', basedOn: null }, update, good)).toBe(update);
    expect(rebaseUpdate({ kind: 'rollback', basedOn: 'x' }, update, good)).toBe(update);
  });
});

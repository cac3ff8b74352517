import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('choose-image', () => {
  it('keeps registries with ports, tags and digests as they are', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    for (const image of [
      'nginx',
      'registry.example:5000/team/app:1.2_b',
      `ghcr.io/a/b@${digest}`,
      'localhost/x',
      'a__b/c-d.e:Tag',
    ]) {
      const { of, codes } = designProject({ services: { web: { image } } });
      expect([of('web').image, codes]).toEqual([image, []]);
    }
  });

  it.each(['Bad', 'a:', 'a b', 'a/:1', '-a', 'a@sha256:1'])('finds "%s" wrong', (image) => {
    expect(designProject({ services: { web: { image } } }).codes).toEqual(['CMP0202 /services/web/image']);
  });

  it('names a built image after its service, behind the configured prefix', () => {
    const services = { My_App: { image: '', build: { context: '/p' } } };
    expect(designProject({ services }, { target: { images: { prefix: 'reg.example/t/' } } }).of('My_App').image).toBe(
      'reg.example/t/my-app',
    );
    expect(designProject({ services }).codes).toContain('CMP0203 /services/My_App/build');
  });
});

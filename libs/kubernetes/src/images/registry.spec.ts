import { describe, expect, it } from '@jest/globals';
import { dockerConfigJson, normalRegistry, registryServes } from './registry.ts';

describe('registries (R119)', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    [' https://GHCR.io/ ', 'ghcr.io'],
    ['registry.example.com:5000/v2/', 'registry.example.com:5000'],
    ['registry.gitlab.com/group/project', 'registry.gitlab.com/group/project'],
    ['localhost:5000', 'localhost:5000'],
    ['[fd00::1]:5000', '[fd00::1]:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['hub.docker.com', 'docker.io'],
    ['docker.io/acme', 'docker.io/acme'],
    ['registry', undefined],
    ['', undefined],
    ['user:pw@ghcr.io', undefined],
    ['ghcr.io?x=1', undefined],
    ['ghcr.io/Acme', undefined],
    ['ghcr.io/../x', undefined],
    ['a b.example', undefined],
  ])('reads %j as %j', (text, registry) => expect(normalRegistry(text)).toBe(registry));

  it.each([
    ['docker.io', 'nginx'],
    ['docker.io', 'nginx:1.27@sha256:0123'],
    ['docker.io', 'acme/app'],
    ['docker.io', 'index.docker.io/acme/app:1'],
    ['docker.io', 'registry-1.docker.io/library/nginx'],
    ['docker.io/acme', 'acme/app'],
    ['docker.io/library/nginx', 'nginx'],
    ['ghcr.io', 'ghcr.io/acme/app:v1'],
    ['ghcr.io/acme', 'ghcr.io/acme/app'],
    ['registry.example.com:5000', 'registry.example.com:5000/app'],
    ['localhost', 'localhost/app'],
  ])('%s serves %s', (registry, image) => expect(registryServes(registry, image)).toBe(true));

  it.each([
    ['docker.io', 'ghcr.io/acme/app'],
    ['docker.io/acme', 'acme-two/app'],
    ['docker.io/acme', 'nginx'],
    ['ghcr.io/acme', 'ghcr.io/acme-two/app'],
    ['ghcr.io', 'ghcr.io.evil.example/app'],
    ['registry.example.com', 'registry.example.com:5000/app'],
  ])('%s does not serve %s', (registry, image) => expect(registryServes(registry, image)).toBe(false));

  it('writes Docker Hub’s credentials where kubelets look for them', () => {
    expect(JSON.parse(dockerConfigJson('docker.io', 'u', 'p"w'))).toEqual({
      auths: { 'https://index.docker.io/v1/': { username: 'u', password: 'p"w' } },
    });
    expect(Object.keys((JSON.parse(dockerConfigJson('ghcr.io', 'u', 'p')) as { auths: object }).auths)).toEqual([
      'ghcr.io',
    ]);
  });
});

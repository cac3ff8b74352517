import { describe, expect, it } from '@jest/globals';
import { chooseImages, type Allowed, type Choice } from './choose-images.ts';
import { readPush } from './read-push.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const running = [
  { service: 'web', image: 'ghcr.io/acme/web:1.2.3' },
  { service: 'worker', image: 'ghcr.io/acme/web:1.2.3' },
  { service: 'db', image: 'postgres:16-alpine' },
  { service: 'built', image: null },
];
const all: Allowed = { services: [], anyRepository: false };

function choose(body: unknown, allowed: Allowed = all): Choice | { kind: 'ignored' | 'invalid' } {
  const push = readPush(body);
  if (push.kind === 'ignored' || push.kind === 'invalid') return { kind: push.kind };
  return chooseImages(push, running, allowed);
}
const images = (body: unknown, allowed?: Allowed) => {
  const choice = choose(body, allowed);
  return choice.kind === 'chosen' ? choice.images : choice;
};

describe('what CI asks for', () => {
  it('is an image of the service’s own repository, a tag whose digest is asked for, or a digest', () => {
    expect(images({ service: 'web', image: 'ghcr.io/acme/web:2.0' })).toEqual({ web: 'ghcr.io/acme/web:2.0' });
    expect(choose({ service: 'web', tag: '2.0' })).toEqual({ kind: 'chosen', images: {}, tags: { web: '2.0' } });
    expect(images({ service: 'db', digest: DIGEST })).toEqual({ db: `postgres:16-alpine@${DIGEST}` });
  });

  it('is for every service that runs that repository where none is named', () => {
    const image = 'ghcr.io/acme/web:2.0';
    expect(images({ image })).toEqual({ web: image, worker: image });
  });

  it('is refused for a service that there is not, or that the hook is not for', () => {
    expect(choose({ service: 'nope', tag: '1' })).toMatchObject({ code: 'HOOK_SERVICE_UNKNOWN' });
    const webOnly = { ...all, services: ['web'] };
    expect(choose({ service: 'db', tag: '17' }, webOnly)).toMatchObject({
      code: 'HOOK_SERVICE_UNKNOWN',
      message: 'There is no service db that this hook may update; it may: web.',
    });
  });

  it('is refused for another repository, unless the hook allows it', () => {
    const body = { service: 'web', image: 'evil.example/acme/web:1' };
    expect(choose(body)).toMatchObject({ code: 'HOOK_REPOSITORY_REFUSED' });
    expect(images(body, { ...all, anyRepository: true })).toEqual({ web: 'evil.example/acme/web:1' });
    expect(choose({ service: 'db', image: 'docker.io/evil/postgres:16' })).toMatchObject({
      code: 'HOOK_REPOSITORY_REFUSED',
    });
    // The same repository in another spelling is no other one.
    expect(images({ service: 'db', image: 'docker.io/library/postgres:17' })).toEqual({
      db: 'docker.io/library/postgres:17',
    });
  });

  it('is nothing to be done where it runs already', () => {
    expect(choose({ service: 'web', image: 'ghcr.io/acme/web:1.2.3' }).kind).toBe('nothing');
  });

  it.each([
    [{ service: 'web' }],
    [{ tag: '1' }],
    [{ service: 'web', tag: 'not a tag' }],
    [{ service: 'web', image: 'a:1', tag: '2' }],
    [{ service: 'web', tag: '1', replicas: 3 }],
    [[]],
    [null],
  ])('is invalid as %j', (body) => {
    expect(choose(body).kind).toBe('invalid');
  });
});

describe('what registries tell', () => {
  it('of Docker Hub: the tag that runs, pushed again', () => {
    const body = { push_data: { tag: '16-alpine' }, repository: { repo_name: 'library/postgres' } };
    expect(choose(body)).toEqual({ kind: 'chosen', images: {}, tags: { db: '16-alpine' } });
  });

  it('of GHCR: a package with tag and digest', () => {
    const package_version = {
      package_url: 'ghcr.io/acme/web:1.3.0',
      container_metadata: { tag: { name: '1.3.0', digest: DIGEST } },
    };
    const wanted = { web: `ghcr.io/acme/web:1.3.0@${DIGEST}`, worker: `ghcr.io/acme/web:1.3.0@${DIGEST}` };
    expect(images({ action: 'published', registry_package: { package_version } })).toEqual(wanted);
    expect(choose({ action: 'deleted', registry_package: { package_version } }).kind).toBe('ignored');
  });

  it('of Harbor and of the distribution: by repository and host', () => {
    const resource_url = 'ghcr.io/acme/web:1.3.0';
    const event_data = { resources: [{ digest: DIGEST, tag: '1.3.0', resource_url }] };
    const wanted = { web: `ghcr.io/acme/web:1.3.0@${DIGEST}`, worker: `ghcr.io/acme/web:1.3.0@${DIGEST}` };
    expect(images({ type: 'PUSH_ARTIFACT', event_data })).toEqual(wanted);
    const target = { repository: 'acme/web', tag: '1.3.0', digest: DIGEST };
    expect(images({ events: [{ action: 'push', target, request: { host: 'ghcr.io' } }] })).toEqual(wanted);
    expect(choose({ events: [{ action: 'pull', target, request: { host: 'ghcr.io' } }] }).kind).toBe('ignored');
  });

  it.each(['pr-17', '1.3.0-rc.1', 'latest'])('is no reason to deploy the tag %s in place of a version', (tag) => {
    const body = {
      events: [
        { action: 'push', target: { repository: 'acme/web', tag, digest: DIGEST }, request: { host: 'ghcr.io' } },
      ],
    };
    expect(choose(body)).toMatchObject({
      kind: 'nothing',
      message: `Nothing is to be done: web runs the tag 1.2.3, which ${tag} is no version of.`,
    });
  });

  it('is no way back: an earlier version is left, and of several the latest is taken', () => {
    const push = (tag: string) => ({
      ...{ action: 'push', target: { repository: 'acme/web', tag, digest: DIGEST }, request: { host: 'ghcr.io' } },
    });
    expect(choose({ events: [push('1.2.2')] })).toMatchObject({
      kind: 'nothing',
      message: 'Nothing is to be done: web runs the tag 1.2.3, which 1.2.2 is earlier than.',
    });
    const latest = `ghcr.io/acme/web:1.10.0@${DIGEST}`;
    expect(images({ events: [push('1.10.0'), push('1.9.0')] })).toEqual({ web: latest, worker: latest });
  });

  it('is ignored with words for images that nobody runs, pings, and what is nothing of that', () => {
    const other = { push_data: { tag: '1' }, repository: { repo_name: 'other/image' } };
    expect(choose(other)).toMatchObject({ kind: 'nothing', message: expect.stringContaining('docker.io/other/image') });
    for (const body of [{ zen: 'x', hook_id: 1 }, { hello: 'world' }, { type: 'DELETE_ARTIFACT', event_data: {} }])
      expect(choose(body).kind).toBe('ignored');
  });
});

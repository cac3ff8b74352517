import { describe, expect, it } from '@jest/globals';
import type { ComposeService } from '@ushadow/compose';
import { valueAt } from '@ushadow/kubernetes';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import type { LooseProject } from '../testing/compile-project.ts';
import { designProject } from '../testing/design-project.ts';

type Service = Partial<ComposeService>;

const volume = (source: string, target: string, rest: object = {}) => ({
  type: 'volume' as const,
  source,
  target,
  ...rest,
});
const anonymous = (target: string, rest: object = {}) => ({ type: 'volume' as const, target, ...rest });
const bind = (source: string, target: string) => ({ type: 'bind' as const, source, target });
const volumes = { static: { name: 'demo_static' } };
const DOCKERFILE = '/p/Dockerfile';
const build = { context: '/p' };

/** `service target` of everything that is filled. */
function filled(project: LooseProject, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { design } = designProject(project, { files });
  return design.services.flatMap(({ service, mounts }) =>
    mounts.filter((mount) => mount.filled).map(({ target }) => `${service.name} ${target}`),
  );
}

const findings = (project: LooseProject, files: Readonly<Record<string, string>> = {}): readonly string[] =>
  codesOf(compileProject(project, { files })).filter((code) => /CMP094[01]/.test(code));

const web = (...mounts: Service['volumes'] & object): LooseProject => ({
  services: { web: { image: 'nginx:1.27', volumes: mounts } },
  volumes,
});

describe('what the image has below a new volume', () => {
  it('is copied in by an init container of the same image, before all others, as the same user', () => {
    const project = web(volume('static', '/usr/share/nginx/html'));
    const { services, ...rest } = project;
    const result = compileProject({
      ...rest,
      services: {
        web: {
          ...services['web'],
          user: '101:101',
          pull_policy: 'always',
          pre_start: [{ command: ['true'], entrypoint: null, image: 'i' }],
        },
      },
    });
    const spec = ['spec', 'template', 'spec'];
    const containers = valueAt(objectOf(result, 'Deployment', 'web'), [...spec, 'initContainers']);
    expect(containers).toMatchObject([
      {
        name: 'fill-static',
        image: 'nginx:1.27',
        imagePullPolicy: 'Always',
        command: [
          '/bin/sh',
          '-c',
          expect.stringContaining('cp -a'),
          'fill',
          '/usr/share/nginx/html',
          '/ushadow-volume',
        ],
        securityContext: { runAsUser: 101, runAsGroup: 101 },
        volumeMounts: [{ name: 'static', mountPath: '/ushadow-volume' }],
      },
      { image: 'i' },
    ]);
    expect(codesOf(result)).toContain('CMP0940 /services/web/volumes/0');
  });

  it('goes to the folder of the claim that stands for the volume, writable also where the service only reads', () => {
    const project: LooseProject = {
      services: {
        db: { image: 'postgres:16', volumes: [volume('static', '/var/lib/postgresql/data')] },
        web: { image: 'nginx', volumes: [volume('static', '/usr/share/nginx/html', { read_only: true })] },
      },
      volumes,
    };
    const deployment = objectOf(compileProject(project), 'Deployment', 'web');
    expect(valueAt(deployment, ['spec', 'template', 'spec', 'initContainers', 0, 'volumeMounts'])).toEqual([
      { name: 'static', mountPath: '/ushadow-volume', subPath: 'data' },
    ]);
  });

  it('is left where nothing is copied under Compose either', () => {
    const html = '/usr/share/nginx/html';
    expect(filled(web(volume('static', html)))).toEqual([`web ${html}`]);
    expect(filled(web(volume('static', html, { volume: { nocopy: true } })))).toEqual([]);
    expect(filled(web(volume('static', html, { volume: { subpath: 'a' } })))).toEqual([]);
    expect(filled(web({ type: 'tmpfs', target: html }))).toEqual([]);
    expect(filled(web(bind('/data/html', html)))).toEqual([]);
    expect(filled(web(volume('static', '/var/cache/nginx')))).toEqual([]);
  });

  it('is asked for or refused by the volume, and by its entry in a service, which wins', () => {
    const asking = (top: boolean | undefined, entry: boolean | undefined, target = '/x') =>
      filled({
        services: {
          app: { image: 'acme/app', volumes: [volume('static', target, { 'x-ushadow': { copy_up: entry } })] },
        },
        volumes: { static: { name: 'demo_static', 'x-ushadow': { copy_up: top } } },
      } as LooseProject);
    expect(asking(true, undefined)).toEqual(['app /x']);
    expect(asking(false, undefined)).toEqual([]);
    expect(asking(true, false)).toEqual([]);
    expect(asking(false, true)).toEqual(['app /x']);
  });

  it('of images with the same last name elsewhere, or without a shell, is not taken for known', () => {
    for (const image of ['cgr.dev/chainguard/nginx', 'acme/nginx', 'nginx:1-distroless'])
      expect(
        filled({ services: { web: { image, volumes: [volume('static', '/usr/share/nginx/html')] } }, volumes }),
      ).toEqual([]);
    for (const image of ['docker.io/library/nginx:1@sha256:0', 'library/nginx', 'mirror.gcr.io/library/nginx:1'])
      expect(
        filled({ services: { web: { image, volumes: [volume('static', '/usr/share/nginx/html')] } }, volumes }),
      ).toHaveLength(1);
  });

  it('fills a shared volume from one service: who is made first, and writes', () => {
    const at = (image: string, rest: object = {}): Service => ({
      image,
      volumes: [volume('static', '/usr/share/nginx/html', rest)],
    });
    const shared = (services: Readonly<Record<string, Service>>) => filled({ services, volumes });
    expect(shared({ b: at('nginx'), a: at('nginx') })).toEqual(['a /usr/share/nginx/html']);
    const depends_on = { b: { condition: 'service_started' as const, required: true } };
    expect(shared({ b: at('nginx'), a: { ...at('nginx'), depends_on } })).toEqual(['b /usr/share/nginx/html']);
    expect(shared({ b: at('nginx'), a: at('nginx', { read_only: true }) })).toEqual(['b /usr/share/nginx/html']);
  });

  it('that others are to be shown is missed, and no welcome page takes its place', () => {
    const project: LooseProject = {
      services: {
        app: { image: 'acme/app', volumes: [volume('static', '/app/static')] },
        web: { image: 'nginx', volumes: [volume('static', '/usr/share/nginx/html')] },
      },
      volumes,
    };
    expect(filled(project)).toEqual([]);
    expect(findings(project)).toEqual(['CMP0941 /services/app/volumes/0']);
  });

  it('is not missed without a sign that it matters', () => {
    const alone = { app: { image: 'acme/app', volumes: [volume('static', '/app/static')] } };
    expect(findings({ services: alone, volumes })).toEqual([]);
    const reader = { image: 'nginx', volumes: [volume('static', '/media', { read_only: true })] };
    const media = { name: 'demo_media' };
    const uploads = { app: { image: 'acme/app', volumes: [volume('media', '/app/media')] } };
    const mediaReader = { ...reader, volumes: [volume('media', '/media', { read_only: true })] };
    expect(findings({ services: { ...uploads, web: mediaReader }, volumes: { media } })).toEqual([]);
    for (const image of ['wordpress:6-fpm', 'postgres:16'])
      expect(findings({ services: { app: { ...alone.app, image }, web: reader }, volumes })).toEqual([]);
    expect(findings({ services: { app: { image: 'acme/app', volumes: [anonymous('/data')] } } })).toEqual([]);
  });

  it('is missed where an anonymous volume keeps it from being hidden by a bound folder', () => {
    const mounts = [bind('/p/src', '/srv/site'), anonymous('/srv/site/node_modules')];
    const project = { services: { web: { image: 'acme/site', volumes: mounts } } };
    expect(findings(project)).toEqual(['CMP0941 /services/web/volumes/1']);
    const asked = [mounts[0], anonymous('/srv/site/node_modules', { 'x-ushadow': { copy_up: true } })] as typeof mounts;
    expect(filled({ services: { web: { image: 'acme/site', volumes: asked } } })).toEqual([
      'web /srv/site/node_modules',
    ]);
  });
});

describe('an image that the project builds', () => {
  const app = (target: string, more: Service = {}): LooseProject => ({
    services: { app: { image: 'acme/app', build, volumes: [volume('static', target)], ...more } },
    volumes,
  });

  it('fills what its Dockerfile writes to, where it has a shell', () => {
    const text = 'FROM node:22 AS build\nRUN npm run build\nFROM nginx\nCOPY --from=build /out /srv/site\n';
    expect(filled(app('/srv/site'), { [DOCKERFILE]: text })).toEqual(['app /srv/site']);
    expect(filled(app('/usr/share/nginx/html'), { [DOCKERFILE]: text })).toEqual(['app /usr/share/nginx/html']);
    expect(filled(app('/elsewhere'), { [DOCKERFILE]: text })).toEqual([]);
    expect(filled(app('/out'), { [DOCKERFILE]: text })).toEqual([]);
  });

  it('is said to hide it where it has none', () => {
    const text = 'FROM scratch\nCOPY site /srv/site\n';
    expect(filled(app('/srv/site'), { [DOCKERFILE]: text })).toEqual([]);
    expect(findings(app('/srv/site'), { [DOCKERFILE]: text })).toEqual(['CMP0941 /services/app/volumes/0']);
  });

  it('fills a folder below a bound one, since what its commands made lies there', () => {
    const text = 'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .\n';
    const mounts = [bind('/p/src', '/app'), anonymous('/app/node_modules')];
    expect(filled(app('', { volumes: mounts }), { [DOCKERFILE]: text })).toEqual(['app /app/node_modules']);
  });

  it('is as unknown as any other where its Dockerfile cannot be read', () => {
    expect(findings(app('/srv/site'))).toEqual([]);
  });
});

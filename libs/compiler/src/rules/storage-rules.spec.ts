import { describe, expect, it } from '@jest/globals';
import type { LooseProject } from '../testing/compile-project.ts';
import { compileProject, objectOf } from '../testing/compile-project.ts';
import { valueAt } from '@ushadow/kubernetes';

const volume = (source: string, target: string) => ({ type: 'volume' as const, source, target });
const messages = (project: LooseProject, code: string, rest: Parameters<typeof compileProject>[1] = {}) =>
  compileProject(project, rest)
    .diagnostics.filter((found) => found.code === code)
    .map(({ message }) => message);

describe('objects that others make', () => {
  it('are named once for the project, as the namespace has to have them', () => {
    const project: LooseProject = {
      services: {
        a: {
          volumes: [volume('up', '/u')],
          configs: [{ source: 'c' }],
          secrets: [{ source: 's' }, { source: 'ours' }],
        },
        b: { volumes: [volume('up', '/u')], secrets: [{ source: 's' }] },
      },
      volumes: { up: { name: 'prod-uploads', external: true } },
      configs: { c: { name: 'conf', external: true } },
      secrets: { s: { name: 's', external: true }, ours: { name: 'demo_ours', environment: 'X' } },
    };
    expect(messages(project, 'CMP0922')).toEqual([
      'The project leaves to others to make, and expects in the namespace: PersistentVolumeClaim "prod-uploads", ConfigMap "conf" with key "c", Secret "s" with key "s".',
    ]);
  });
});

describe('volumes of the default size', () => {
  const project = (labels: Readonly<Record<string, string>> = {}): LooseProject => ({
    services: {
      photos: {
        image: 'ghcr.io/immich-app/immich-server:v1',
        volumes: [volume('upload', '/usr/src/app/upload'), volume('etc', '/etc/immich')],
      },
      objects: { image: 'minio/minio', volumes: [volume('objects', '/data')] },
      db: { image: 'postgres:16', volumes: [volume('rows', '/var/lib/postgresql/data')] },
    },
    volumes: Object.fromEntries(
      ['upload', 'etc', 'objects', 'rows'].map((name) => [name, { name: `demo_${name}`, labels }]),
    ),
  });

  it('are named once, those that fill up at once and those of databases apart', () => {
    expect(messages(project(), 'CMP0943')).toEqual([
      expect.stringMatching(/: demo-objects \(objects\), demo-upload \(photos\)\.$/),
    ]);
    expect(messages(project(), 'CMP0944')).toEqual([expect.stringMatching(/: demo-rows\.$/)]);
  });

  it('are not where somebody chose the size, the default is generous, or the claim is there', () => {
    const none = (rest: Parameters<typeof compileProject>[1], labels = {}) =>
      ['CMP0943', 'CMP0944'].flatMap((code) => messages(project(labels), code, rest));
    expect(none({}, { 'kompose.volume.size': '1Gi' })).toEqual([]);
    expect(none({ target: { namespace: 'n', storage: { size: '50Gi' } } })).toEqual([]);
    expect(none({ claims: { upload: 'u', objects: 'o', rows: 'r', etc: 'e' } })).toEqual([]);
  });

  it('are not those of settings and certificates beside the data', () => {
    const project: LooseProject = {
      services: {
        search: {
          image: 'docker.elastic.co/elasticsearch/elasticsearch:8.14.0',
          volumes: [
            volume('certs', '/usr/share/elasticsearch/config/certs'),
            volume('index', '/usr/share/elasticsearch/data'),
          ],
        },
        metrics: { image: 'prom/prometheus', volumes: [volume('rules', '/etc/prometheus')] },
        objects: { image: 'minio/minio', volumes: [volume('keys', '/root/.minio')] },
      },
      volumes: Object.fromEntries(['certs', 'index', 'rules', 'keys'].map((name) => [name, { name: `demo_${name}` }])),
    };
    expect(messages(project, 'CMP0943')).toEqual([expect.stringMatching(/: demo-index \(a search index\)\.$/)]);
  });

  it('say so in their claims, and only they', () => {
    const mark = (labels = {}) =>
      valueAt(objectOf(compileProject(project(labels)), 'PersistentVolumeClaim', 'demo-rows'), [
        'metadata',
        'annotations',
      ]);
    expect(mark()).toEqual({ 'ushadow.io/default-size': '1Gi' });
    expect(mark({ 'kompose.volume.size': '1Gi' })).toBeUndefined();
  });
});

describe('the user of a built image', () => {
  const compiled = (user: string, rest: object = {}) =>
    compileProject(
      {
        services: { app: { image: 'acme/app', build: { context: '/p' }, volumes: [volume('d', '/d')], ...rest } },
        volumes: { d: { name: 'demo_d' } },
      },
      { files: { '/p/Dockerfile': `FROM alpine\nUSER ${user}\n` } },
    );
  const security = (user: string, rest: object = {}) =>
    valueAt(objectOf(compiled(user, rest), 'Deployment', 'app'), ['spec', 'template', 'spec', 'securityContext']);

  it('gets the volumes that it writes by its number, or by some group where only the image knows that', () => {
    expect(security('1234')).toEqual({ fsGroup: 1234, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(security('1234', { user: '7:8' })).toMatchObject({ fsGroup: 8 });
    expect(security('root')).toBeUndefined();
    expect(security('somebody')).toMatchObject({ fsGroup: 1000 });
    expect(security('1234', { user: 'node' })).toMatchObject({ fsGroup: 1234 });
    expect(security('somebody', { user: '0' })).toBeUndefined();
    expect(security('somebody', { volumes: [{ ...volume('d', '/d'), read_only: true }] })).toBeUndefined();
  });
});

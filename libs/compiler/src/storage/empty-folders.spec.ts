import { describe, expect, it } from '@jest/globals';
import { valueAt } from '@ushadow/kubernetes';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import { designProject } from '../testing/design-project.ts';

const mount = (target: string, source = 'd') => ({ type: 'volume' as const, source, target });
const subPaths = (service: object, volume: object = {}) => {
  const { of } = designProject({ services: { db: service }, volumes: { d: { name: 'demo_d', ...volume } } });
  return of('db').mounts.map(({ subPath }) => subPath);
};

describe('folders that have to be empty', () => {
  it.each([
    ['postgres:17', '/var/lib/postgresql/data'],
    ['docker.io/library/mariadb:11', '/var/lib/mysql/'],
    ['mysql', '/var/lib/mysql'],
    ['confluentinc/cp-kafka:7.6.0', '/var/lib/kafka/data'],
  ])('of %s are a folder of the claim', (image, target) => {
    expect(subPaths({ image, volumes: [mount(target)] })).toEqual(['data']);
  });

  it.each([
    ['redis', mount('/data'), {}],
    ['postgres:18', mount('/var/lib/postgresql'), {}],
    ['postgres', mount('/backup'), {}],
    ['postgres', mount('/var/lib/postgresql/data'), { external: true }],
  ])('are no matter for %s with %j %j', (image, volume, definition) => {
    expect(subPaths({ image, volumes: [volume] }, definition)).toEqual([undefined]);
  });

  it('are where a variable says', () => {
    const environment = { PGDATA: '/var/lib/postgresql/data/pgdata/' };
    expect(
      subPaths({ image: 'postgres:15', environment, volumes: [mount('/var/lib/postgresql/data/pgdata')] }),
    ).toEqual(['data']);
    expect(subPaths({ image: 'postgres:15', environment, volumes: [mount('/backup')] })).toEqual([undefined]);
  });

  it('stay where somebody has said so', () => {
    const service = { image: 'postgres', volumes: [mount('/var/lib/postgresql/data')] };
    expect(subPaths({ ...service, labels: { 'kompose.volume.subpath': 'pg' } })).toEqual(['pg']);
    expect(subPaths({ ...service, labels: { 'kompose.volume.subpath': '.' } })).toEqual([undefined]);
  });

  it('are the same folder for everybody who mounts the volume', () => {
    const result = compileProject({
      services: {
        db: { image: 'postgres', volumes: [mount('/var/lib/postgresql/data')] },
        backup: { volumes: [{ ...mount('/from'), read_only: true }] },
      },
      volumes: { d: { name: 'demo_d' } },
    });
    for (const name of ['db', 'backup']) {
      const mounts = valueAt(objectOf(result, 'Deployment', name), [
        'spec',
        'template',
        'spec',
        'containers',
        0,
        'volumeMounts',
      ]);
      expect(mounts).toMatchObject([{ name: 'd', subPath: 'data' }]);
    }
    expect(codesOf(result)).toContain('CMP0918 /services/db/volumes/0');
    expect(result.ok).toBe(true);
  });

  it('are made by the user who has to own them, and runs without root', () => {
    const made = (service: object, files: Readonly<Record<string, string>> = {}) => {
      const result = compileProject(
        {
          services: { db: { image: 'postgres:16', volumes: [mount('/var/lib/postgresql/data')], ...service } },
          volumes: { d: { name: 'demo_d' } },
        },
        { files },
      );
      return valueAt(objectOf(result, 'StatefulSet', 'db'), ['spec', 'template', 'spec', 'initContainers']);
    };
    expect(made({ user: '1000:1000' })).toMatchObject([
      {
        image: 'postgres:16',
        command: ['/bin/sh', '-c', expect.any(String), 'folder', '/ushadow-claim/data'],
        securityContext: { runAsUser: 1000, runAsGroup: 1000 },
        volumeMounts: [{ mountPath: '/ushadow-claim' }],
      },
    ]);
    expect(made({})).toBeUndefined();
    expect(made({ user: '0' })).toBeUndefined();
    expect(made({ user: '1000', image: 'mysql', volumes: [mount('/var/lib/mysql')] })).toBeUndefined();
    const build = { context: '/p' };
    const ownImage = { image: 'acme/postgres', build };
    expect(made(ownImage, { '/p/Dockerfile': 'FROM postgres:16\nUSER postgres\n' })).toHaveLength(1);
    expect(made(ownImage, { '/p/Dockerfile': 'FROM postgres:16\n' })).toBeUndefined();
    const other = { image: 'acme/db', build, deploy: { labels: { 'kompose.controller.type': 'statefulset' } } };
    expect(made(other, { '/p/Dockerfile': 'FROM postgres:16\nUSER postgres\n' })).toHaveLength(1);
  });
});

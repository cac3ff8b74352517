import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { designProject } from '../testing/design-project.ts';
import { valueAt } from '@ushadow/kubernetes';
import type { CompileResult } from '../compile-result.ts';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

const bind = (source: string, target: string, more: object = {}) => ({
  type: 'bind' as const,
  source,
  target,
  ...more,
});

describe('overlapping binds', () => {
  it('are one claim, of which the parts are sub-paths', () => {
    const { of, design, codes } = designProject({
      services: {
        init: { restart: 'no', volumes: [bind('/p/conf', '/out')] },
        web: { volumes: [bind('/p/conf/web', '/etc/web')] },
        worker: { volumes: [bind('/p/conf/worker/a', '/etc/worker', { read_only: true })] },
      },
    });
    expect(design.stores.map(({ users }) => users)).toEqual([['init', 'web', 'worker']]);
    expect(['init', 'web', 'worker'].map((name) => of(name).mounts[0]?.subPath)).toEqual([
      undefined,
      'web',
      'worker/a',
    ]);
    expect(new Set(['init', 'web', 'worker'].map((name) => of(name).together)).size).toBe(1);
    expect(codes.filter((code) => code.startsWith('CMP0917'))).toEqual([]);
  });

  it('paths that only begin alike are no tree', () => {
    const { design } = designProject({ services: { a: { volumes: [bind('/p/data', '/a'), bind('/p/data2', '/b')] } } });
    expect(design.stores).toHaveLength(2);
  });

  it('of an included project are not those of the project, though both say ./data, also after a deployment', () => {
    const own = { a: { volumes: [bind('/p/data', '/data')] } };
    const both = { ...own, b: { volumes: [bind('/p/sub/data', '/data')] } };
    const { claims } = compileProject({ services: own }, { directory: '/p' });
    for (const known of [{}, claims]) {
      const result = compileProject({ services: both }, { directory: '/p', claims: known });
      expect(result.ok).toBe(true);
      expect(Object.keys(result.claims)).toEqual(['./data', './sub/data']);
      expect(new Set(Object.values(result.claims)).size).toBe(2);
      expect(result.claims).toMatchObject(claims);
    }
  });

  it('of one pod are one volume of it, also of a StatefulSet', () => {
    const volumes = [bind('/p/db', '/var/lib/mysql'), bind('/p/db/log', '/log')];
    const labels = { 'kompose.controller.type': 'statefulset' };
    const result = compileProject({ services: { db: { labels, volumes } } });
    expect(valueAt(objectOf(result, 'StatefulSet', 'db'), ['spec', 'template', 'spec', 'volumes'])).toHaveLength(1);
    expect(result.ok).toBe(true);
  });

  it('are found behind volumes that are binds', () => {
    const volumes = { all: { name: 'demo_all', driver_opts: { type: 'none', o: 'bind', device: '/srv/all' } } };
    const { design } = designProject({
      services: {
        a: { volumes: [{ type: 'volume', source: 'all', target: '/a' }] },
        b: { volumes: [bind('/srv/all/part', '/b')] },
      },
      volumes,
    });
    expect(design.stores.map(({ users }) => users)).toEqual([['a', 'b']]);
  });

  it('say so where the one is files and the other a volume', () => {
    const files = { '/p/app/main.js': 'x' };
    const services = { web: { volumes: [bind('/p/app', '/app')] }, job: { volumes: [bind('/p/app/out', '/out')] } };
    expect(designProject({ services }, { files }).codes).toContain('CMP0917 /services/job/volumes/0');
    const inPlace = { web: { volumes: [bind('/p/app', '/app'), bind('/p/app/out', '/app/out')] } };
    expect(designProject({ services: inPlace }, { files }).codes.join()).not.toContain('CMP0917');
  });

  it('show every pair of paths with a common folder that is mounted the same bytes', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/p/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 6 }), (paths) => {
        const services = Object.fromEntries(paths.map((source, i) => [`s${i}`, { volumes: [bind(source, '/x')] }]));
        const { of, design } = designProject({ services });
        const shown = paths.map((_, i) => {
          const [mount] = of(`s${i}`).mounts;
          const store = mount?.source.kind === 'store' ? mount.source.store.slice('path:'.length) : '';
          return [store, mount?.subPath].filter((part) => part !== undefined).join('/');
        });
        expect(shown).toEqual(paths);
        const tops = paths.filter((source) => !paths.some((other) => source.startsWith(`${other}/`)));
        expect(design.stores).toHaveLength(tops.length);
      }),
    );
  });
});

describe('bound folders of a stack that has been deployed', () => {
  const data = (result: CompileResult, kind: string, name: string) => {
    const spec = valueAt(objectOf(result, kind, name), ['spec', 'template', 'spec']) as unknown as PodSpec;
    const claims = new Map(spec.volumes.map((volume) => [volume.name, volume.persistentVolumeClaim?.claimName]));
    return spec.containers.flatMap(({ volumeMounts = [] }) =>
      volumeMounts.map((mount) => [mount.mountPath, claims.get(mount.name), mount.subPath]),
    );
  };
  const web = (...volumes: readonly ReturnType<typeof bind>[]) => ({ services: { web: { volumes: [...volumes] } } });

  it('stay in their claims when a folder above them is mounted, which shows them where they are', () => {
    const before = compileProject(web(bind('/srv/data/db', '/db')));
    const after = compileProject(web(bind('/srv/data', '/all'), bind('/srv/data/db', '/db')), {
      claims: before.claims,
    });
    const [[, claim]] = data(before, 'Deployment', 'web') as [[string, string]];
    const [all, part, db] = data(after, 'Deployment', 'web');
    expect(db).toEqual(['/db', claim, undefined]);
    expect(part).toEqual(['/all/db', claim, undefined]);
    expect(all?.[1]).not.toBe(claim);
    expect(after.claims).toMatchObject(before.claims);
  });

  it('are found in the claim of the folder above them that was mounted before', () => {
    const before = compileProject(web(bind('/srv/data', '/all')));
    const [[, claim]] = data(before, 'Deployment', 'web') as [[string, string]];
    const after = compileProject(web(bind('/srv/data/db', '/db')), { claims: before.claims });
    expect(data(after, 'Deployment', 'web')).toEqual([['/db', claim, 'db']]);
  });

  it('stay in their folder of the claim when the image is another one', () => {
    const db = (image: string) => ({
      services: { db: { image, volumes: [bind('/srv/db', '/var/lib/postgresql/data')] } },
    });
    const before = compileProject(db('postgres:16'));
    const after = compileProject(db('ghcr.io/own/database:1'), { claims: before.claims });
    expect(data(before, 'Deployment', 'db')[0]?.[2]).toBe('data');
    expect(data(after, 'Deployment', 'db')).toEqual(data(before, 'Deployment', 'db'));
  });

  it('stay volumes when files appear in them, which are said not to travel', () => {
    const before = compileProject(web(bind('/srv/data', '/data')));
    const after = compileProject(web(bind('/srv/data', '/data')), {
      claims: before.claims,
      files: { '/srv/data/a': 'x' },
    });
    expect(after.objects).toEqual(before.objects);
    expect(codesOf(after)).toContain('CMP0933 /services/web/volumes/0');
  });

  it('are no files: what was not there at first travels once it is a file', () => {
    const mounts = web(bind('/p/nginx.conf', '/etc/nginx/nginx.conf'));
    const { claims } = compileProject(mounts);
    const files = { '/p/nginx.conf': 'events {}' };
    expect(compileProject(mounts, { claims, files }).objects).toEqual(compileProject(mounts, { files }).objects);
  });

  it('keep their claims to themselves: what is new gets another one, unless it names that', () => {
    const { claims } = compileProject(web(bind('/p/data', '/data')), { directory: '/p' });
    const [[, kept = '']] = Object.entries(claims) as [[string, string]];
    const volume = { type: 'volume' as const, source: kept.replace('demo-', ''), target: '/data' };
    const named = (name: string) => ({
      services: { web: { volumes: [volume] } },
      volumes: { [volume.source]: { name } },
    });
    const made = compileProject(named(`demo_${volume.source}`), { claims, directory: '/p' });
    expect(made.ok).toBe(true);
    expect(made.claims[volume.source]).not.toBe(kept);
    expect(compileProject(named(kept), { claims, directory: '/p' }).claims[volume.source]).toBe(kept);
  });

  it('show each path the same claim and folder, whatever was mounted before', () => {
    const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }).map((parts) => ['/p', ...parts].join('/'));
    const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(paths, { minLength: 2, maxLength: 4 }), (steps) => {
        let claims: CompileResult['claims'] = {};
        for (const step of steps) {
          const result = compileProject(web(...step.map((source, i) => bind(source, `/x${i}`))), { claims });
          const shown = data(result, 'Deployment', 'web').map(([, claim, folder]) =>
            [claim, folder].filter(Boolean).join('/'),
          );
          expect({ ...claims, ...result.claims }).toMatchObject(claims);
          expect(shown).toEqual(expect.arrayContaining(step.map((source) => result.claims[source])));
          claims = { ...result.claims, ...claims };
        }
      }),
    );
  });
});

interface PodSpec {
  readonly volumes: readonly {
    readonly name: string;
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
  readonly containers: readonly {
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  }[];
}

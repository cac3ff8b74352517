import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planProject } from '../testing/plan-project.ts';
import { valueAt } from '@ushadow/kubernetes';
import { compileProject, objectOf } from '../testing/compile-project.ts';

const bind = (source: string, target: string, more: object = {}) => ({
  type: 'bind' as const,
  source,
  target,
  ...more,
});

describe('overlapping binds', () => {
  it('are one claim, of which the parts are sub-paths', () => {
    const { of, plan, codes } = planProject({
      services: {
        init: { restart: 'no', volumes: [bind('/p/conf', '/out')] },
        web: { volumes: [bind('/p/conf/web', '/etc/web')] },
        worker: { volumes: [bind('/p/conf/worker/a', '/etc/worker', { read_only: true })] },
      },
    });
    expect(plan.stores.map(({ users }) => users)).toEqual([['init', 'web', 'worker']]);
    expect(['init', 'web', 'worker'].map((name) => of(name).mounts[0]?.subPath)).toEqual([
      undefined,
      'web',
      'worker/a',
    ]);
    expect(new Set(['init', 'web', 'worker'].map((name) => of(name).together)).size).toBe(1);
    expect(codes.filter((code) => code.startsWith('CMP0917'))).toEqual([]);
  });

  it('paths that only begin alike are no tree', () => {
    const { plan } = planProject({ services: { a: { volumes: [bind('/p/data', '/a'), bind('/p/data2', '/b')] } } });
    expect(plan.stores).toHaveLength(2);
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
    const { plan } = planProject({
      services: {
        a: { volumes: [{ type: 'volume', source: 'all', target: '/a' }] },
        b: { volumes: [bind('/srv/all/part', '/b')] },
      },
      volumes,
    });
    expect(plan.stores.map(({ users }) => users)).toEqual([['a', 'b']]);
  });

  it('say so where the one is files and the other a volume', () => {
    const files = { '/p/app/main.js': 'x' };
    const services = { web: { volumes: [bind('/p/app', '/app')] }, job: { volumes: [bind('/p/app/out', '/out')] } };
    expect(planProject({ services }, { files }).codes).toContain('CMP0917 /services/job/volumes/0');
    const inPlace = { web: { volumes: [bind('/p/app', '/app'), bind('/p/app/out', '/app/out')] } };
    expect(planProject({ services: inPlace }, { files }).codes.join()).not.toContain('CMP0917');
  });

  it('show every pair of paths with a common folder that is mounted the same bytes', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/p/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 6 }), (paths) => {
        const services = Object.fromEntries(paths.map((source, i) => [`s${i}`, { volumes: [bind(source, '/x')] }]));
        const { of, plan } = planProject({ services });
        const shown = paths.map((_, i) => {
          const [mount] = of(`s${i}`).mounts;
          const store = mount?.source.kind === 'store' ? mount.source.store.slice('path:'.length) : '';
          return [store, mount?.subPath].filter((part) => part !== undefined).join('/');
        });
        expect(shown).toEqual(paths);
        const tops = paths.filter((source) => !paths.some((other) => source.startsWith(`${other}/`)));
        expect(plan.stores).toHaveLength(tops.length);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ComposeService } from '@ushadow/compose';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

const KINDS: readonly Partial<ComposeService>[] = [
  {},
  { image: 'postgres:17', volumes: [{ type: 'volume', source: 'd', target: '/var/lib/postgresql/data' }] },
  { restart: 'no' },
  { deploy: { mode: 'global' } },
  { deploy: { mode: 'replicated-job' } },
  { labels: { 'kompose.cronjob.schedule': '@daily' } },
  { labels: { 'kompose.hpa.replicas.min': '2' } },
];

/** Pods that an object asks for by itself. */
function runs({ kind, spec }: { readonly kind: string; readonly spec?: unknown }): boolean {
  const { replicas, suspend } = spec as { readonly replicas?: number; readonly suspend?: boolean };
  if (kind === 'Deployment' || kind === 'StatefulSet') return replicas !== 0;
  if (kind === 'Job' || kind === 'CronJob') return suspend !== true;
  return kind === 'DaemonSet' || kind === 'HorizontalPodAutoscaler';
}

describe('no replicas', () => {
  it('run nothing, whatever the kind, and are something that can be waited for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.boolean(), (service, byScale) => {
        const none = byScale ? { ...service, scale: 0 } : { ...service, deploy: { ...service.deploy, replicas: 0 } };
        const { objects, services, ok } = compileProject({
          services: { it: none },
          volumes: { d: { name: 'demo_d' } },
        });
        expect(objects.filter((object) => runs(object)).map(({ kind }) => kind)).toEqual([]);
        expect(ok).toBe(true);
        const [workload] = services.map((item) => item.workload);
        expect(objects.some(({ kind, metadata }) => kind === workload?.kind && metadata.name === workload.name)).toBe(
          true,
        );
      }),
    );
  });

  it('of a service that others wait for hold nobody up, as in Compose', () => {
    const depends_on = { seed: { condition: 'service_completed_successfully' as const, required: true } };
    const result = compileProject({ services: { seed: { restart: 'no', scale: 0 }, web: { depends_on } } });
    expect(result.dependencies).toEqual([]);
    expect(objectOf(result, 'Job', 'seed')?.['spec']).toMatchObject({ suspend: true });
  });

  it('on every node are said', () => {
    const result = compileProject({ services: { agent: { deploy: { mode: 'global', replicas: 0 } } } });
    expect(codesOf(result)).toEqual(['CMP0505 /services/agent']);
  });
});

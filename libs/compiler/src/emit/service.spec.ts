import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CompileResult } from '../compile-result.ts';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

interface PodSpec {
  readonly hostname?: string;
  readonly hostAliases?: readonly { readonly ip: string }[];
  readonly containers: readonly { readonly readinessProbe?: { readonly exec?: { readonly command: string[] } } }[];
}

const service = (result: CompileResult, name: string): Record<string, unknown> =>
  objectOf(result, 'Service', name)?.['spec'] as Record<string, unknown>;
const pod = (result: CompileResult, name: string): PodSpec => {
  const found = result.objects.find(
    ({ kind, metadata }) => (kind === 'Deployment' || kind === 'StatefulSet') && metadata.name === name,
  );
  return (found?.['spec'] as unknown as { readonly template: { readonly spec: PodSpec } }).template.spec;
};
const tcp = (target: number) => ({ target, protocol: 'tcp', published: String(target) });
const check = (line: string) => ({ test: ['CMD-SHELL', line] });
const volumes = { data: { name: 'demo_data' } };
const data = [{ type: 'volume' as const, source: 'data', target: '/data' }];

describe('names resolve whatever the health', () => {
  it('headless names, and those with never a second pod', () => {
    const result = compileProject({
      services: {
        worker: { healthcheck: check('true') },
        db: { image: 'postgres:16', ports: [tcp(5432)], volumes: data, healthcheck: check('pg_isready') },
        files: { ports: [tcp(80)], volumes: [{ ...data[0]!, source: 'other' }], container_name: 'store' },
      },
      volumes: { ...volumes, other: { name: 'demo_other' } },
    });
    for (const name of ['worker', 'db', 'files', 'store'])
      expect(service(result, name)['publishNotReadyAddresses']).toBe(true);
  });

  it('one rolling replica reaches itself by its host name; several keep to those that are ready', () => {
    const web = { ports: [tcp(80)], healthcheck: check('true') };
    const result = compileProject({ services: { web, many: { ...web, ports: [tcp(81)], deploy: { replicas: 3 } } } });
    expect(service(result, 'web')['publishNotReadyAddresses']).toBeUndefined();
    expect(pod(result, 'web').hostname).toBe('web');
    expect(service(result, 'many')['publishNotReadyAddresses']).toBeUndefined();
    expect(pod(result, 'many').hostname).toBeUndefined();
  });

  it('a host name that the file gives stays', () => {
    const result = compileProject({
      services: { web: { ports: [tcp(80)], hostname: 'www', healthcheck: check('curl -s web:80 && curl -s www:80') } },
    });
    expect(pod(result, 'web').hostname).toBe('www');
    expect(pod(result, 'web').containers[0]?.readinessProbe?.exec?.command).toEqual([
      '/bin/sh',
      '-c',
      'curl -s localhost:80 && curl -s www:80',
    ]);
    expect(codesOf(result)).toContain('CMP0705 /services/web/healthcheck');
  });

  it('what waits for health asks a name that leads to ready pods only', () => {
    const result = compileProject(
      {
        services: {
          db: { healthcheck: check('true') },
          'db-ready': {},
          web: { depends_on: { db: { condition: 'service_healthy', required: true } } },
        },
      },
      { options: { waitInitContainers: true } },
    );
    expect(service(result, 'db')['publishNotReadyAddresses']).toBe(true);
    expect(service(result, 'db-ready-2')).toMatchObject({ clusterIP: 'None' });
    expect(service(result, 'db-ready-2')['publishNotReadyAddresses']).toBeUndefined();
    expect(JSON.stringify(pod(result, 'web'))).toContain('nslookup db-ready-2');
    expect(result.ok).toBe(true);
  });

  it('whatever the kind: a pod that is not ready reaches itself under the name of its service', () => {
    const project = fc.record({
      ports: fc.array(fc.integer({ min: 1, max: 9999 }), { maxLength: 2 }),
      replicas: fc.integer({ min: 1, max: 3 }),
      hostname: fc.constantFrom(undefined, 'web', 'other'),
      stored: fc.boolean(),
      image: fc.constantFrom('app:1', 'postgres:16'),
    });
    fc.assert(
      fc.property(project, ({ ports, replicas, hostname, stored, image }) => {
        const result = compileProject({
          services: {
            web: {
              image,
              ports: [...new Set(ports)].map(tcp),
              deploy: { replicas },
              ...(hostname === undefined ? {} : { hostname }),
              ...(stored ? { volumes: data } : {}),
              healthcheck: check('curl -s http://web:80/ | grep ok'),
            },
          },
          volumes,
        });
        const { hostname: own, hostAliases, containers } = pod(result, 'web');
        const { publishNotReadyAddresses: published, clusterIP } = service(result, 'web');
        const asksItself = !JSON.stringify(containers).includes('http://web:80');
        expect(published === true || own === 'web' || asksItself).toBe(true);
        if (clusterIP === 'None') expect(published).toBe(true);
        if (clusterIP !== 'None' && replicas > 1) expect(published).toBeUndefined();
        expect(hostAliases).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('health checks of loopback', () => {
  it('stay commands, and their ports stay private', () => {
    const result = compileProject({
      services: { web: { ports: [tcp(80)], healthcheck: check('wget -q --spider http://localhost:2019/config/') } },
    });
    expect(pod(result, 'web').containers[0]?.readinessProbe?.exec?.command[2]).toContain('localhost:2019');
    expect(service(result, 'web')['ports']).toHaveLength(1);
  });

  it('are asked natively where the port is open', () => {
    const result = compileProject({
      services: {
        web: { ports: [tcp(80)], healthcheck: check('curl -f http://localhost/') },
        api: { healthcheck: check('curl -f http://localhost:8080/') },
        user: { environment: { API: 'http://api:8080' } },
      },
    });
    expect(pod(result, 'web').containers[0]?.readinessProbe).toMatchObject({ httpGet: { port: 80 } });
    expect(pod(result, 'api').containers[0]?.readinessProbe).toMatchObject({ httpGet: { port: 8080 } });
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import { isHeadless } from '../names/self-names.ts';
import { designProject } from '../testing/design-project.ts';

const dotted = (services: Parameters<typeof designProject>[0]['services']) => {
  const { design, codes } = designProject({ services });
  return {
    names: design.services.map((designed) => designed.dotted?.name),
    codes,
    aliases: design.aliases.map(({ name }) => name),
  };
};

describe('dotted names', () => {
  it('resolve as host name and subdomain of a headless Service', () => {
    const result = compileProject({
      services: {
        'node.manager': { hostname: 'node.manager', ports: [{ target: 55000, protocol: 'tcp' }] },
        indexer: { environment: { MANAGER: 'https://node.manager:55000' } },
      },
    });
    const workload = result.objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name !== 'indexer');
    const pod = (workload?.['spec'] as { template: { spec: unknown } }).template.spec;
    expect(pod).toMatchObject({ hostname: 'node', subdomain: 'manager' });
    expect(objectOf(result, 'Service', 'manager')?.['spec']).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
    expect(codesOf(result)).toEqual([]);
  });

  it('share one subdomain', () => {
    const services = {
      db: { networks: { default: { aliases: ['db.internal'] } } },
      gw: { container_name: 'gw.internal' },
      web: { command: ['db.internal', 'gw.internal'] },
    };
    expect(dotted(services)).toEqual({
      names: ['db.internal', 'gw.internal', undefined],
      codes: [],
      aliases: ['internal'],
    });
  });

  it('are said where they cannot be: another service has the rest, another host name is given, a set has its own', () => {
    const called = { command: ['my.api'] };
    expect(dotted({ a: { container_name: 'my.api' }, api: {}, called }).codes).toEqual([
      'CMP0103 /services/a/container_name',
    ]);
    expect(dotted({ a: { container_name: 'my.api', hostname: 'x' }, called }).codes).toEqual([
      'CMP0103 /services/a/container_name',
    ]);
    const labels = { 'kompose.controller.type': 'statefulset' };
    expect(dotted({ a: { container_name: 'my.api', labels }, called }).codes).toEqual([
      'CMP0103 /services/a/container_name',
    ]);
    expect(dotted({ a: { container_name: 'my.big.api' }, called: { command: ['my.big.api'] } }).codes).toEqual([
      'CMP0103 /services/a/container_name',
    ]);
  });

  it('resolve or are said, whatever else the project calls so', () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.a', 'a_b', 'a.b.c');
    const service = fc.record(
      { container_name: name, hostname: name, networks: name.map((alias) => ({ default: { aliases: [alias] } })) },
      { requiredKeys: [] },
    );
    const called = ['a', 'b', 'a.b', 'b.a', 'a.a', 'a_b', 'a.b.c'];
    fc.assert(
      fc.property(fc.dictionary(name, service, { minKeys: 1, noNullPrototype: true }), (services) => {
        const { design, codes } = designProject({ services: { ...services, caller: { command: called } } });
        const resolving = new Set([
          ...design.services.flatMap(({ endpoint, dotted: own }) => [endpoint, own?.name]),
          ...design.aliases.map((alias) => alias.name),
        ]);
        for (const designed of design.services) {
          const { membership, process, name: own, path } = designed.service;
          const names = [own, membership.containerName, process.hostname, membership.networks[0]?.aliases[0]];
          const unresolved = names.filter((text) => text !== undefined && !resolving.has(text));
          const said = codes.some((code) => /^CMP010[23] /.test(code) && code.includes(` ${path}`));
          expect(unresolved.length === 0 || said).toBe(true);
          if (designed.dotted !== undefined) {
            const { subdomain } = designed.dotted;
            const isOwn = subdomain === designed.endpoint && isHeadless(designed);
            expect(isOwn || design.aliases.find((alias) => alias.name === subdomain)?.subdomain).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

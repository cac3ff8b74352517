import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { valueAt } from '@ushadow/kubernetes';
import type { LooseProject } from '../testing/compile-project.ts';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import { designProject } from '../testing/design-project.ts';

type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';
const waits = (all: Readonly<Record<string, Condition>>) => ({
  depends_on: Object.fromEntries(Object.entries(all).map(([name, condition]) => [name, { condition, required: true }])),
});
const inVpn = { network_mode: 'service:vpn' };
const check = { healthcheck: { test: ['CMD', '/check'], interval: '5s', retries: 3, start_period: '10s' } };

function podOf(services: LooseProject['services'], kind = 'Deployment') {
  const result = compileProject({ services, volumes: { d: { name: 'demo_d' } } });
  const [workload] = result.objects.filter((object) => object.kind === kind);
  const list = (key: string): readonly { readonly name: string }[] =>
    (valueAt(workload, ['spec', 'template', 'spec', key]) ?? []) as never;
  const codes = result.diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  return { result, codes, first: list('initContainers'), main: list('containers').map(({ name }) => name) };
}

describe('order-pods', () => {
  it('starts whom others wait to be healthy for ahead, as a sidecar that passes its check first', () => {
    const { first, main, result } = podOf({
      app: { ...inVpn, ...waits({ vpn: 'service_healthy' }) },
      vpn: check,
      web: { ...inVpn },
    });
    expect(first).toMatchObject([
      {
        name: 'vpn',
        restartPolicy: 'Always',
        startupProbe: { exec: { command: ['/check'] }, periodSeconds: 5, failureThreshold: 5 },
      },
    ]);
    expect(main).toEqual(['app', 'web']);
    expect(result.ok).toBe(true);
  });

  it('runs to its end before whom others wait to complete for, behind the network that it shares', () => {
    const { first, main, codes, result } = podOf({
      app: { ...inVpn, ...waits({ migrate: 'service_completed_successfully' }) },
      migrate: inVpn,
      vpn: check,
    });
    expect(first.map(({ name }) => name)).toEqual(['vpn', 'migrate']);
    expect(first[1]).not.toHaveProperty('restartPolicy');
    expect([main, codes, result.ok]).toEqual([['app'], [], true]);
  });

  it('needs the order of the list only for who has to be started', () => {
    const { first, main } = podOf({ a: { ...inVpn, ...waits({ b: 'service_started' }) }, b: inVpn, vpn: {} });
    expect([first, main]).toEqual([[], ['vpn', 'b', 'a']]);
  });

  it('who waits outside of the pod goes by when it is ready', () => {
    const done = waits({ migrate: 'service_completed_successfully' });
    const { result } = podOf({ vpn: {}, app: inVpn, migrate: inVpn, web: done });
    expect(result.dependencies).toMatchObject([{ to: { kind: 'Deployment', name: 'vpn' }, condition: 'ready' }]);
  });

  it('says of a one-shot that it cannot end in a pod that stays', () => {
    expect(podOf({ vpn: { expose: ['80'] }, job: { ...inVpn, restart: 'no' } }).codes).toEqual(['CMP0506']);
    expect(podOf({ vpn: { restart: 'no' }, job: { ...inVpn, restart: 'no' } }, 'Job').codes).toEqual([]);
  });

  it('nobody starts before what it waits for, and a container is left', () => {
    const names = ['a', 'b', 'c', 'd'];
    const conditions = fc.constantFrom<(Condition | undefined)[]>(
      undefined,
      'service_started',
      'service_healthy',
      'service_completed_successfully',
    );
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 16, maxLength: 16 }), (picks) => {
        // Edges lead to later names only, so that there is no circle.
        const edges = names.flatMap((from, i) =>
          names.flatMap((to, j) =>
            j > i && picks[i * 4 + j] !== undefined ? [{ from, to, condition: picks[i * 4 + j] }] : [],
          ),
        );
        const services = Object.fromEntries(
          names.map((name) => {
            const own = edges.filter(({ from }) => from === name).map(({ to, condition }) => [to, condition]);
            return [name, { ...inVpn, ...waits(Object.fromEntries(own) as never) }];
          }),
        );
        const { result, first, main } = podOf({ vpn: {}, ...services });
        expect(result.ok).toBe(true);
        const order = [...first.map(({ name }) => name), ...main];
        expect(order.toSorted()).toEqual([...names, 'vpn']);
        expect(main.length).toBeGreaterThan(0);
        for (const { from, to, condition } of edges) {
          expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
          if (condition !== 'service_started') expect(main).not.toContain(to);
        }
      }),
    );
  });
});

describe('a pod of several services', () => {
  const volumes = { d: { name: 'demo_d' } };
  const data = [{ type: 'volume' as const, source: 'd', target: '/var/lib/postgresql/data' }];

  it('of which one is a database has its claim', () => {
    const services = {
      main: { expose: ['80'] },
      side: { image: 'postgres:17', network_mode: 'service:main', volumes: data },
    };
    const result = compileProject({ services, volumes });
    expect(result.ok).toBe(true);
    expect(objectOf(result, 'StatefulSet', 'main')?.['spec']).toMatchObject({
      serviceName: 'main',
      template: { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'demo-d' } }] } },
    });
    expect(result.claims).toEqual({ d: 'demo-d/data' });
    const own = { d: { name: 'demo_d', 'x-ushadow': { per_replica: true } } };
    expect(compileProject({ services, volumes: own }).claims).toEqual({ d: 'd-main-0/data' });
    expect(result.services.map(({ workload }) => workload.name)).toEqual(['main', 'main']);
  });

  it('has the rights, groups, hosts and nodes of all', () => {
    const side = {
      network_mode: 'service:main',
      pid: 'host',
      group_add: ['44'],
      sysctls: { 'net.core.somaxconn': '1024' },
      stop_grace_period: '90s',
      deploy: { placement: { constraints: ['node.labels.disk == ssd'] } },
    };
    const result = compileProject({ services: { main: {}, side } });
    const spec = valueAt(objectOf(result, 'Deployment', 'main'), ['spec', 'template', 'spec']);
    expect(spec).toMatchObject({
      hostPID: true,
      terminationGracePeriodSeconds: 90,
      securityContext: { supplementalGroups: [44], sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] },
    });
    expect(JSON.stringify(valueAt(spec, ['affinity', 'nodeAffinity']))).toContain('"disk"');
  });

  it('is no cause for a finding where one publishes the ports of the others', () => {
    const services = {
      vpn: { ports: [{ target: 9696, published: '9696', protocol: 'tcp' }] },
      a: { ...inVpn, expose: ['9696'] },
    };
    expect(codesOf(compileProject({ services })).join()).not.toContain('CMP0409');
    const both = { ...services, b: { ...inVpn, expose: ['9696'] } };
    expect(codesOf(compileProject({ services: both }))).toContain('CMP0409 /services/b/expose/0');
  });

  it.each(['ipc', 'pid'] as const)('shares the network with who asked for %s only, and says so', (key) => {
    expect(designProject({ services: { a: {}, b: { [key]: 'service:a' } } }).codes).toEqual([
      `CMP0507 /services/b/${key}`,
    ]);
  });

  it('shares the processes of the machine where one of them does', () => {
    const result = compileProject({ services: { a: { pid: 'host' }, b: { pid: 'service:a' } } });
    expect(result.ok).toBe(true);
  });

  it('does not run what has no replicas', () => {
    const { of } = designProject({ services: { vpn: {}, a: { ...inVpn, scale: 0 } } });
    expect(of('a').host).toBe('a');
  });
});

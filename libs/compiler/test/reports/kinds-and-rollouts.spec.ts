import { describe, expect, it } from '@jest/globals';
import { compileText } from '../harness/compile-text.ts';

describe('worker-restarts-on-failure', () => {
  it('is a worker that runs on, and no Job', () => {
    for (const restart of ['on-failure', '"on-failure:5"']) {
      const { names } = compileText(
        `services: {worker: {image: "acme/w:1", command: celery worker, restart: ${restart}}}`,
      );
      expect(names).toContain('Deployment worker');
      expect(names.join()).not.toContain('Job');
    }
  });

  it('runs nothing with no replicas, in any kind', () => {
    for (const more of ['restart: "no"', 'restart: always', 'volumes: ["data:/var/lib/postgresql/data"]']) {
      const image = more.startsWith('volumes') ? 'postgres:17' : 'acme/w:1';
      const { objects } = compileText(
        `services: {paused: {image: "${image}", deploy: {replicas: 0}, ${more}}}\nvolumes: {data: {}}`,
      );
      const running = objects.filter(({ kind, spec }) => {
        if (['Job', 'CronJob', 'DaemonSet'].includes(kind)) return (spec as { suspend?: boolean }).suspend !== true;
        return ['Deployment', 'StatefulSet'].includes(kind) && (spec as { replicas?: number }).replicas !== 0;
      });
      expect(running).toEqual([]);
    }
  });
});

describe('no-second-copy', () => {
  it.each([
    ['ports of the node', 'network_mode: host, expose: ["8123"]'],
    ['a device', 'devices: ["/dev/ttyUSB0:/dev/ttyUSB0"]'],
    ['a GPU', 'gpus: [{driver: nvidia, count: 1}]'],
    ['a claim that one node mounts', 'volumes: ["data:/d"]'],
  ])('is started beside one that has %s', (_what, more) => {
    const { at } = compileText(`services: {a: {image: "acme/a:1", ${more}}}\nvolumes: {data: {}}`);
    expect(at('Deployment', 'a', 'spec', 'strategy')).toEqual({ type: 'Recreate' });
  });

  it('is started beside one that has nothing of that', () => {
    const { at } = compileText('services: {a: {image: "acme/a:1", ports: ["80:80"]}}');
    expect(at('Deployment', 'a', 'spec', 'strategy', 'type')).toBe('RollingUpdate');
  });
});

describe('monitor-is-no-deadline', () => {
  it('is how long a new pod has to stay ready', () => {
    const { at } = compileText('services: {a: {image: "acme/a:1", deploy: {update_config: {monitor: 7s}}}}');
    expect(at('Deployment', 'a', 'spec', 'minReadySeconds')).toBe(7);
    expect(at('Deployment', 'a', 'spec', 'progressDeadlineSeconds')).toBeUndefined();
  });
});

describe('outward-ports', () => {
  const text = `
services:
  web:
    image: acme/web:1
    ports: ["8080:80", "127.0.0.1:9229:9229", "[::1]:9230:9230"]
    expose: ["9000"]
    labels: {kompose.service.type: TYPE}
  caller: {image: "acme/c:1", environment: {A: "http://web:6060/debug"}}
`;

  it.each(['loadbalancer', 'nodeport'])('of a %s are the published ones and nothing else', (type) => {
    const { objects } = compileText(text.replace('TYPE', type));
    const outward = objects.filter(
      ({ kind, spec }) => kind === 'Service' && /LoadBalancer|NodePort/.test((spec as { type: string }).type),
    );
    const ports = outward.flatMap(({ spec }) => (spec as { ports: { port: number; targetPort: unknown }[] }).ports);
    expect(ports).toHaveLength(1);
    if (type === 'loadbalancer') expect(ports[0]?.port).toBe(8080);
  });

  it('stay open to others inside', () => {
    const { at } = compileText(text.replace('TYPE', 'loadbalancer'));
    const inside = at('Service', 'web', 'spec', 'ports') as unknown as readonly { port: number }[];
    expect(inside.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([80, 6060, 9000, 9229, 9230]);
  });
});

describe('provider-service', () => {
  it('is left out with a warning, and the rest goes on without it', () => {
    const { ok, names, findings } = compileText(`
services:
  db: {provider: {type: awesomecloud, options: {type: mysql}}}
  app: {image: "acme/app:1", depends_on: [db]}
`);
    expect(ok).toBe(true);
    expect(names).toContain('Deployment app');
    expect(names.join()).not.toContain(' db');
    expect(findings).toContain('warning CMP1001 /services/db/provider');
  });
});

describe('reset-entrypoint', () => {
  it('that Kubernetes cannot do is said', () => {
    for (const entrypoint of ['[]', '""', '[""]']) {
      const { findings } = compileText(`services: {a: {image: "redis:7", entrypoint: ${entrypoint}}}`);
      expect(findings).toContain('warning CMP0508 /services/a/entrypoint');
    }
  });
});

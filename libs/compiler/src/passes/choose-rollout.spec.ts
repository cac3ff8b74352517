import { describe, expect, it } from '@jest/globals';
import type { ComposeService } from '@ushadow/compose';
import { valueAt } from '@ushadow/kubernetes';
import type { LooseProject } from '../testing/compile-project.ts';
import { compileProject, objectOf } from '../testing/compile-project.ts';

type Loose = Partial<ComposeService>;

function rollout(services: LooseProject['services'], kind = 'Deployment', name = 'it') {
  const result = compileProject({ services, volumes: { d: { name: 'demo_d' } } });
  const spec = objectOf(result, kind, name)?.['spec'];
  const at = (key: string): unknown => valueAt(spec, [key]);
  const codes = result.diagnostics.map(({ code }) => code).filter((code) => code === 'CMP0807');
  return { at, ok: result.ok, codes };
}

const volume = { type: 'volume' as const, source: 'd', target: '/d' };
const update = (update_config: object): Loose => ({ deploy: { update_config } as never });

describe('choose-rollout', () => {
  it.each<readonly [string, Loose]>([
    ['a volume of one node', { volumes: [volume] }],
    ['the network of the node', { network_mode: 'host', expose: ['8123'] }],
    [
      'ports of the node',
      {
        ports: [{ target: 80, published: '80', protocol: 'tcp' }],
        labels: { 'kompose.controller.port.expose': 'true' },
      },
    ],
    ['a device', { devices: [{ source: '/dev/ttyUSB0', target: '/dev/ttyUSB0', permissions: 'rwm' }] }],
    ['a GPU', { gpus: [{ driver: 'nvidia', count: 1 }] }],
  ])('stops the old pod first where two cannot have %s', (_, service) => {
    expect(rollout({ it: service }).at('strategy')).toEqual({ type: 'Recreate' });
    expect(rollout({ it: {}, mate: { ...service, network_mode: 'service:it' } }).at('strategy')).toEqual(
      service.network_mode === 'host' ? expect.objectContaining({ type: 'RollingUpdate' }) : { type: 'Recreate' },
    );
  });

  it('rolls everything else', () => {
    expect(rollout({ it: { expose: ['80'] } }).at('strategy')).toMatchObject({ type: 'RollingUpdate' });
    // What is bound to loopback is opened on no node.
    const ports = [{ target: 80, published: '80', protocol: 'tcp', host_ip: '127.0.0.1' }];
    const inside = { ports, labels: { 'kompose.controller.port.expose': 'true' } };
    expect(rollout({ it: inside }).at('strategy')).toMatchObject({ type: 'RollingUpdate' });
  });

  it('monitor is time to settle, and no deadline', () => {
    const { at } = rollout({ it: update({ monitor: '5s', delay: '2s' }) });
    expect([at('minReadySeconds'), at('progressDeadlineSeconds')]).toEqual([5, undefined]);
    const long = rollout({ it: update({ monitor: '20m' }) });
    expect([long.at('minReadySeconds'), long.at('progressDeadlineSeconds'), long.ok]).toEqual([1200, 1800, true]);
  });

  it('carries update_config into every kind that has it', () => {
    const config = { parallelism: 2, delay: '3s' };
    const daemon = rollout({ it: { deploy: { mode: 'global', update_config: config } as never } }, 'DaemonSet');
    expect(daemon.at('updateStrategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: 2 },
    });
    const set = rollout({ it: { image: 'redis', volumes: [volume], ...update(config) } }, 'StatefulSet');
    expect(set.at('updateStrategy')).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } });
    expect([daemon.at('minReadySeconds'), set.at('minReadySeconds')]).toEqual([3, 3]);
    expect([daemon.ok, set.ok, ...daemon.codes, ...set.codes]).toEqual([true, true]);
    const all = rollout({ it: update({ parallelism: 0 }) });
    expect(all.at('strategy')).toMatchObject({ rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } });
    expect(all.ok).toBe(true);
  });

  it('says once where it does not apply', () => {
    const first = update({ order: 'start-first' });
    expect(rollout({ it: { ...first, restart: 'no' } }, 'Job').codes).toEqual(['CMP0807']);
    expect(rollout({ it: { ...first, volumes: [volume] } }).codes).toEqual(['CMP0807']);
    expect(rollout({ it: { ...first, image: 'redis', volumes: [volume] } }, 'StatefulSet').codes).toEqual(['CMP0807']);
    expect(rollout({ it: {}, mate: { ...first, network_mode: 'service:it' } }).codes).toEqual(['CMP0807']);
    expect(rollout({ it: first }).codes).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const data = { type: 'volume' as const, source: 'data', target: '/data' };
const waits = (condition: 'service_started' | 'service_healthy' | 'service_completed_successfully') => ({
  it: { condition, required: true },
});

const ON_FAILURE = { condition: 'on-failure', max_attempts: 2 };

describe('choose-kind', () => {
  it('R111: a database that alone mounts a volume is stateful', () => {
    expect(
      designProject({ services: { db: { image: 'docker.io/library/postgres:16', volumes: [data] } } }).of('db').kind,
    ).toBe('stateful');
    expect(
      designProject({ services: { db: { image: 'postgres', volumes: [data] }, backup: { volumes: [data] } } }).of('db')
        .kind,
    ).toBe('replicated');
    expect(designProject({ services: { app: { image: 'app', volumes: [data] } } }).of('app').kind).toBe('replicated');
  });

  it('T11: one-shot by its own word, when nothing can be waiting for it to stay', () => {
    const once = designProject({ services: { it: { restart: 'no' } } });
    expect([once.of('it').kind, once.codes]).toEqual(['run-once', ['CMP0504 /services/it/restart']]);
    expect(designProject({ services: { it: {} } }).of('it').kind).toBe('replicated');
    const serving = designProject({ services: { it: { restart: 'no', expose: ['80'] } } });
    expect([serving.of('it').kind, serving.codes]).toEqual(['replicated', ['CMP0501 /services/it/restart']]);
    expect(
      designProject({ services: { it: { restart: 'no' }, b: { depends_on: waits('service_started') } } }).of('it').kind,
    ).toBe('replicated');
  });

  it('a command that plainly ends is a one-shot where the file does not say to restart it', () => {
    const command = ['sh', '-c', 'migrate && exit 0'];
    const once = designProject({ services: { it: { command } } });
    expect([once.of('it').kind, once.codes]).toEqual(['run-once', ['CMP0504 /services/it']]);
    const labels = { 'kompose.controller.type': 'deployment' };
    const staying = [{ restart: 'always' }, { restart: 'unless-stopped' }, { expose: ['80'] }, { labels }];
    for (const more of staying)
      expect(designProject({ services: { it: { command, ...more } } }).of('it').kind).toBe('replicated');
  });

  it.each([{ restart: 'on-failure' }, { restart: 'on-failure:3' }, { deploy: { restart_policy: ON_FAILURE } }])(
    'a worker that restarts after failures stays: %j',
    (service) => {
      const { of, codes } = designProject({ services: { it: service } });
      expect(of('it').kind).toBe('replicated');
      expect(codes.map((code) => code.slice(0, 7))).toEqual(['CMP0501']);
      const reported = { ...service, deploy: { ...service.deploy, mode: 'replicated-job' } };
      expect(designProject({ services: { it: reported } }).of('it').kind).toBe('run-once');
    },
  );

  it('a label says otherwise, and nothing is concluded any more', () => {
    const labels = { 'kompose.controller.type': 'deployment' };
    const { of, codes } = designProject({ services: { it: { restart: 'no', labels } } });
    expect([of('it').kind, codes]).toEqual(['replicated', []]);
  });

  it('one-shot when someone waits for its end', () => {
    expect(
      designProject({ services: { it: {}, b: { depends_on: waits('service_completed_successfully') } } }).of('it').kind,
    ).toBe('run-once');
  });

  it('follows deploy.mode, and the deployment spec before everything', () => {
    expect(designProject({ services: { it: { deploy: { mode: 'global' } } } }).of('it').kind).toBe('per-node');
    const input = { specs: { it: { kind: 'StatefulSet' as const } } };
    expect(designProject({ services: { it: { deploy: { mode: 'global' } } } }, { input }).of('it').kind).toBe(
      'stateful',
    );
  });
});

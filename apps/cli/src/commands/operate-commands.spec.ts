import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DriftData } from '@ushadow/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUshadow, type Ran, type RunOptions } from '../testing/run-ushadow.ts';
import { cluster, deployment, event, plan, planId, stack, stackId, succeeded, summary } from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const at = new Date(Date.now() - 120_000).toISOString();
const none: DriftData = {
  ...{ stack_id: stackId, state: 'none', revision: 3, checked_at: at, since: null, checked: 7, count: 0 },
  ...{ objects: [], unseen: [] },
};
const drifted: DriftData = {
  ...none,
  ...{ state: 'drifted', since: at, count: 2 },
  objects: [
    {
      ...{ object: 'Deployment/shop/web', services: ['web'], state: 'changed', reason: null },
      fields: [
        { path: 'spec.replicas', change: 'changed', wanted: '1', live: '3', manager: 'kubectl', since: at },
        { path: 'spec.paused', change: 'added', wanted: null, live: 'true', manager: null, since: null },
      ],
    },
    { object: 'Service/shop/web', services: ['web'], state: 'missing', reason: null, fields: [] },
  ],
};

describe('commands that change what runs', () => {
  let folder: string;
  let gateway: StandInGateway;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-cli-'));
    writeFileSync(join(folder, 'compose.yaml'), 'name: shop\nservices:\n  web: {image: nginx}\n');
    gateway = new StandInGateway();
    await gateway.start();
    gateway
      .answer('listClusters', [cluster])
      .answer('listStacks', { stacks: [summary()], next_cursor: null })
      .answer('getStack', stack())
      .answer('planChange', plan())
      .answer('changeStack', deployment())
      .answer('checkDrift', drifted)
      .answer('getDrift', none)
      .stream([event('stage.started', 'Applying', {})], succeeded);
  });

  afterEach(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ushadow = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ran> =>
    runUshadow(args, { workingDirectory: folder, environment: { USHADOW_API: gateway.url }, ...options });
  const planned = () => gateway.askedFor('planChange').map(({ change }) => change);

  describe('drift', () => {
    it('shows each field with its values, its manager and since when, and says by its exit code that there is some', async () => {
      const { code, out } = await ushadow(['drift']);
      expect(code).toBe(1);
      expect(out).toBe(
        [
          '2 objects have drifted, since 2 min',
          '~ Deployment/shop/web',
          '    spec.replicas: 1 → 3 (kubectl, 2 min ago)',
          '    spec.paused: (nothing) → true (nobody manages it now)',
          '- Service/shop/web is gone',
          '',
        ].join('\n'),
      );
      expect(JSON.parse((await ushadow(['drift', 'shop', '--json'], { workingDirectory: '/' })).out)).toEqual(drifted);
    });

    it('is what was found last, where the cluster is not to be asked', async () => {
      expect(await ushadow(['drift', '--last'])).toMatchObject({
        code: 0,
        out: 'Nothing has drifted of 7 objects (2 min ago).\n',
      });
      expect(gateway.askedFor('checkDrift')).toEqual([]);
    });

    it('is mended or adopted as a plan says, all of it or what is named, after a yes', async () => {
      expect((await ushadow(['drift', '--repair', '--yes'])).code).toBe(0);
      const named = ['--object', 'Deployment/web:spec.paused', '--object', 'Deployment/web:spec.replicas'];
      expect((await ushadow(['drift', '--adopt', '--yes', ...named, '--object', 'Service/web'])).code).toBe(0);
      expect(planned()).toEqual([
        { kind: 'repair' },
        {
          kind: 'adopt',
          drifted: [{ object: 'Deployment/web', fields: ['spec.paused', 'spec.replicas'] }, { object: 'Service/web' }],
        },
      ]);
      expect(gateway.askedFor('changeStack')).toEqual([
        { stack_id: stackId, plan_id: planId },
        { stack_id: stackId, plan_id: planId },
      ]);
      expect(await ushadow(['drift', '--repair'])).toMatchObject({ code: 1, error: expect.stringContaining('--yes') });
      expect(gateway.askedFor('changeStack')).toHaveLength(2);
    });

    it('is given up by its name', async () => {
      expect((await ushadow(['drift', '--drop', 'web:image', '-y'])).code).toBe(0);
      expect(planned()).toEqual([{ kind: 'drop', overrides: ['web:image'] }]);
    });

    it.each([[['--repair', '--adopt']], [['--object', 'Deployment/web']], [['--adopt', '--object', 'web']]])(
      'is not taken as %s',
      async (args) => {
        expect((await ushadow(['drift', ...args])).code).toBe(2);
      },
    );
  });

  describe('update', () => {
    const images = [
      { service: 'web', image: 'nginx:1.27', found: 'nginx:1.28@sha256:aa', reason: '1.28 is newer than 1.27' },
      { service: 'db', image: 'postgres:16', found: null, reason: '16 is the newest' },
    ];

    it('says what there is and why not, and changes to what is newer', async () => {
      gateway.answer('checkImages', { images });
      const checked = await ushadow(['update', '--check', '--rule', 'patch']);
      expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/db +postgres:16 +- +16 is the newest/) });
      expect(planned()).toEqual([]);
      expect((await ushadow(['update', '-y'])).code).toBe(0);
      expect(planned()).toEqual([{ kind: 'update-image', images: { web: 'nginx:1.28@sha256:aa' } }]);
      expect(gateway.askedFor('checkImages')).toEqual([
        { stack_id: stackId, rule: 'patch', tags: {} },
        { stack_id: stackId, tags: {} },
      ]);
    });

    it('asks no registry for an image that is named', async () => {
      expect((await ushadow(['update', '--image', 'web=nginx:9', '-y'])).code).toBe(0);
      expect(planned()).toEqual([{ kind: 'update-image', images: { web: 'nginx:9' } }]);
    });

    it('does nothing where nothing is newer, and fails where a tag that is named is not there', async () => {
      gateway.answer('checkImages', { images: images.slice(1) });
      expect((await ushadow(['update', 'db'])).code).toBe(0);
      expect((await ushadow(['update', '--tag', 'db=17'])).code).toBe(1);
      expect(planned()).toEqual([]);
    });

    it.each([[['--image', 'web']], [['--rule', 'best']]])('is not taken as %s', async (args) => {
      expect((await ushadow(['update', ...args])).code).toBe(2);
    });
  });

  describe('run', () => {
    const ran = (exit_code: number | null, status: 'succeeded' | 'failed') => ({
      ...succeeded,
      ...{ kind: 'run' as const, status },
      verdict: { status, code: null, reason: null, object: null, remedy: null, exit_code },
    });

    it('takes all behind the service as its command, prints what it has written, and ends with its exit code', async () => {
      gateway.answer('runJob', deployment({ kind: 'run' }));
      gateway.stream([event('log', 'last lines', { lines: ['hello', 'world'] })], ran(3, 'failed'));
      const { code, out } = await ushadow(['run', '--deadline', '60', 'web', 'ls', '-l', '--json']);
      expect([code, out]).toEqual([3, 'hello\nworld\n']);
      expect(gateway.askedFor('runJob')).toEqual([
        { stack_id: stackId, service: 'web', supersede: false, command: ['ls', '-l', '--json'], deadline_seconds: 60 },
      ]);
    });

    it('ends with the verdict where the exit code is not known', async () => {
      gateway.answer('runJob', deployment({ kind: 'run' })).stream([], ran(null, 'failed'));
      expect((await ushadow(['run', 'web'])).code).toBe(1);
      expect((await ushadow(['run'])).code).toBe(2);
    });
  });

  it('probe switches the probes of services off or on', async () => {
    expect((await ushadow(['probe', 'web', 'off', '-y'])).code).toBe(0);
    expect(planned()).toEqual([{ kind: 'probe', services: ['web'], probe: 'off' }]);
    expect((await ushadow(['probe', 'web'])).code).toBe(2);
  });

  it('pull-secret gives what the cluster keeps to the services named, or to all', async () => {
    expect((await ushadow(['pull-secret', '-y'])).code).toBe(0);
    expect((await ushadow(['pull-secret', 'web', '-y'])).code).toBe(0);
    expect(planned()).toEqual([{ kind: 'pull-secret' }, { kind: 'pull-secret', services: ['web'] }]);
  });

  it('a plan that cannot be applied is shown and not done', async () => {
    gateway.answer('planChange', plan({ applicable: false }));
    expect(await ushadow(['probe', 'web', 'off', '-y'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('cannot be applied'),
    });
    expect(await ushadow(['probe', 'web', 'off', '--plan'])).toMatchObject({ code: 1 });
    expect(gateway.askedFor('changeStack')).toEqual([]);
  });
});

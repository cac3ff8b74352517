import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, PlanData, ProgressEventData } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { live, sql, startSystem, untilStage, type TestSystem } from './support/system.ts';

const CANARY = 'canary-of-the-shell';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

describe('ushadow against the gateway', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'cli');
  });

  afterAll(async () => {
    await test.stop();
  });

  function ushadow(...args: readonly string[]): Promise<Ran> {
    const program = join(repositoryRoot(), 'apps/cli/bin/ushadow.js');
    const env = { ...process.env, USHADOW_API: test.system.gatewayUrl, API_TOKEN: CANARY, NO_COLOR: '1' };
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, out, error });
      });
    });
  }
  const stuckSpec = async (): Promise<string> => {
    const { mkdtemp, writeFile } = await import('node:fs/promises');
    const file = join(await mkdtemp('/tmp/ushadow-cli-'), 'spec.yaml');
    await writeFile(file, 'node_selector: {ushadow.test/nowhere: "true"}\n');
    return file;
  };

  it('plan shows what would change, and deploy --plan does exactly that', async () => {
    const planned = await ushadow('plan', 'shop:web', '-e', 'API_TOKEN', '--json');
    expect(planned.code).toBe(0);
    const plan = JSON.parse(planned.out) as PlanData;
    const shown = await ushadow('plan', 'shop:web', '-e', 'API_TOKEN');
    expect(shown.out).toContain(`+ Deployment/${test.namespace.name}/web`);
    expect(shown.out).toMatch(/\d+ to create, 0 to update, 0 to recreate, 0 to delete, 0 unchanged/);
    expect(await live(test, 'deployments', 'web')).toBeUndefined();
    const deployed = await ushadow('deploy', '--plan', plan.plan_id, '--wait', '-m', 'by the shell');
    expect(deployed).toMatchObject({ code: 0, error: '' });
    expect(await live(test, 'deployments', 'web')).toBeDefined();
  });

  it('deploy --wait tells plain lines in a pipe and ends with the verdict', async () => {
    const { code, out, error } = await ushadow('deploy', 'shop:web', '-e', 'API_TOKEN', '-e', 'GREETING=two', '--wait');
    expect([code, error]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d Planning$/);
    expect(lines.at(-1)).toMatch(/deploy web in \S+, revision 2: succeeded$/);
    expect(out).not.toContain('\u001b');
    expect(out).toContain(`ConfigMap/${test.namespace.name}/web-config: configured`);
  });

  it('deploy --wait --json gives the events as they are stored, then the deployment', async () => {
    const { code, out } = await ushadow('deploy', 'shop:web', '-e', 'API_TOKEN', '-e', 'GREETING=two', '-w', '--json');
    expect(code).toBe(0);
    const values = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const deployment = values.pop() as DeploymentData;
    expect(deployment.status).toBe('succeeded');
    const stored = await test.client.listDeploymentEvents({ deployment_id: deployment.deployment_id });
    expect(values as ProgressEventData[]).toEqual(stored.events);
  });

  it('deploy exits with 1 on a failure, with its code, object, remedy and what became of the rollback', async () => {
    const spec = await stuckSpec();
    const { code, out } = await ushadow('deploy', 'shop:web', '--spec', spec, '--deadline', '6', '--wait');
    expect(code).toBe(1);
    expect(out).toMatch(/UNSCHEDULABLE/);
    expect(out).toMatch(/ {2}object Deployment\/.*\/web/);
    expect(out).toMatch(/ {2}rolled back: succeeded/);
  });

  it('deploy, status and cancel of one that runs: 4 for whoever waits for it, 0 for whoever cancels', async () => {
    const begun = await ushadow('deploy', 'shop:web', '--spec', await stuckSpec(), '--json');
    expect(begun.code).toBe(0);
    const { deployment_id: id } = JSON.parse(begun.out) as DeploymentData;
    const waiting = ushadow('status', id, '--wait');
    await untilStage(test, id, 'wait');
    expect(await ushadow('status', id)).toMatchObject({ code: 0, out: expect.stringContaining(': deploying') });
    const second = await ushadow('deploy', 'shop:web');
    expect(second).toMatchObject({ code: 1, error: expect.stringContaining('DEPLOYMENT_IN_PROGRESS') });
    expect(second.error).toContain(id);
    expect(await ushadow('cancel', id, '--wait')).toMatchObject({ code: 0, out: expect.stringContaining('cancelled') });
    expect(await waiting).toMatchObject({ code: 4 });
    expect((await ushadow('status', id)).code).toBe(4);
    expect(await ushadow('cancel', id)).toMatchObject({ code: 1, error: expect.stringContaining('DEPLOYMENT_ENDED') });
  });

  it('status exits with 3 when it is not known how a deployment ended', async () => {
    const [newest] = (await test.client.listDeployments({ limit: 1 })).deployments;
    const id = newest?.deployment_id ?? '';
    const verdict = { status: 'unknown', code: 'CLUSTER_UNREACHABLE', reason: 'gone', object: null, remedy: null };
    // Nobody is to find out meanwhile.
    const change = `UPDATE deployments.deployments SET status = $2, verdict = $3, settle_at = now() + interval '1 hour'
                     WHERE id = $1`;
    await sql(test.database, change, [id, 'unknown', JSON.stringify(verdict)]);
    expect(await ushadow('status', id)).toMatchObject({ code: 3, out: expect.stringContaining('CLUSTER_UNREACHABLE') });
    expect((await ushadow('status', id, '--wait')).code).toBe(3);
  });

  it('history marks revisions, and rollback brings one back by its number', async () => {
    const before = await ushadow('history', 'web');
    expect(before.out).toMatch(/^REVISION +WHEN/);
    expect(before.out).toMatch(/by the shell/);
    const { code } = await ushadow('rollback', 'web', '--to', '1', '--wait', '-c', 'bench');
    expect(code).toBe(0);
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ GREETING: 'hello' });
    const after = await ushadow('history', 'web');
    expect(after.out.split('\n')[1]).toMatch(/rollback to 1 +succeeded +operator +current/);
    expect(await ushadow('rollback', 'web', '--to', '99')).toMatchObject({ code: 2 });
  });

  it('audit lists who did what, and verify exits with 1 at a broken entry', async () => {
    const listed = await ushadow('audit', '--limit', '2');
    expect(listed.out).toMatch(/deployment.finished +rollback +web/);
    expect(await ushadow('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('intact') });
    await sql(
      test.database,
      `ALTER TABLE deployments.audit_trail DISABLE TRIGGER USER;
       UPDATE deployments.audit_trail SET actor = 'nobody' WHERE sequence = 1`,
    );
    expect(await ushadow('audit', 'verify')).toMatchObject({ code: 1, out: expect.stringContaining('entry 1') });
  });

  it('names the clusters there are when none of them is meant', async () => {
    const { code, error } = await ushadow('history', 'web', '--cluster', 'nowhere');
    expect([code, error]).toEqual([2, expect.stringContaining('There are: bench')]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { deploy, ended, sql, startSystem, untilStage, type TestSystem } from './support/system.ts';

const nowhere = { node_selector: { 'ushadow.test/nowhere': 'true' } };

describe('the audit trail (B14)', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'audit');
  });

  afterAll(async () => {
    await test.stop();
  });

  const entries = async (filter: object = {}): Promise<AuditEntryData[]> =>
    (await test.client.listAudit({ limit: 500, ...filter })).entries.reverse();

  it('holds who did what where, under which plan, from what to what, and how it ended', async () => {
    const first = await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'one' } });
    const second = await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'two' } });
    const [asked, finished] = await entries({ deployment_id: second.deployment.deployment_id });
    const { verdict } = second.deployment;
    const same = {
      kind: 'deploy',
      actor: 'operator',
      request_id: second.deployment.request_id,
      cluster_id: test.registered.cluster_id,
      namespace: test.namespace.name,
      stack_id: second.deployment.stack_id,
      project: 'shop',
      services: ['web'],
      service_id: null,
      service_name: null,
    };
    expect(asked).toMatchObject({ ...same, action: 'deployment.requested', verdict: null, after_digest: null });
    expect(finished).toMatchObject({ ...same, action: 'deployment.finished', verdict });
    expect(finished?.plan_hash).toBe(second.deployment.plan_hash);
    expect(finished?.plan_hash).toMatch(/^[0-9a-f]{64}$/);
    const [, firstFinished] = await entries({ deployment_id: first.deployment.deployment_id });
    expect(finished?.before_digest).toBe(firstFinished?.after_digest);
    expect(finished?.after_digest).not.toBe(finished?.before_digest);
    expect(finished?.after_digest).toMatch(/^test:[0-9a-f]{64}$/);
  });

  it('says what a failure and a cancel have left: the state before, or a mixture', async () => {
    const failed = await deploy(test, { service_id: 'shop:web', k8s_spec: nowhere, deadline_seconds: 6 });
    const [, rolledBack] = await entries({ deployment_id: failed.deployment.deployment_id });
    expect(rolledBack?.after_digest).toBe(rolledBack?.before_digest);
    const held = await test.client.startDeployment({
      cluster_id: test.registered.cluster_id,
      service_id: 'shop:web',
      k8s_spec: nowhere,
    });
    await untilStage(test, held.deployment_id, 'wait');
    await test.client.cancelDeployment({ deployment_id: held.deployment_id, rollback: false });
    await ended(test, held);
    const cancelled = await entries({ deployment_id: held.deployment_id });
    expect(cancelled.map(({ action }) => action)).toEqual([
      'deployment.requested',
      'deployment.cancel-requested',
      'deployment.finished',
    ]);
    expect(cancelled[2]).toMatchObject({ after_digest: null, verdict: { status: 'cancelled' } });
  });

  it('has entries for an env map, which is a deployment of its service', async () => {
    const { cluster_id } = test.registered;
    await test.client.applyEnvmap({ cluster_id, service_name: 'worker', env_vars: { MODE: 'fast' } });
    const found = await entries({ project: 'worker' });
    expect(found.map(({ action, kind }) => `${String(kind)} ${action}`)).toEqual([
      'envmap deployment.requested',
      'envmap deployment.finished',
    ]);
    expect(found[1]).toMatchObject({ namespace: test.namespace.name, verdict: { status: 'succeeded' } });
  });

  it('is numbered without a gap, chained, and read page by page', async () => {
    const all = await entries();
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    for (const [index, entry] of all.entries()) {
      if (index > 0) expect(entry.previous_hash).toBe(all[index - 1]?.hash);
    }
    const first = await test.client.listAudit({ limit: 3 });
    const second = await test.client.listAudit({ limit: 3, before: first.next_before ?? 0 });
    expect([...first.entries, ...second.entries]).toEqual([...all].reverse().slice(0, 6));
    expect((await test.client.listAudit({ limit: 500 })).next_before).toBeNull();
    const verified = await test.client.verifyAudit({});
    expect(verified).toEqual({
      intact: true,
      entries: all.length,
      head: { sequence: all.length, hash: all.at(-1)?.hash },
      broken: null,
    });
  });

  it('lets the service itself add and read entries and nothing else', async () => {
    const client = new pg.Client({ connectionString: test.database.urls.deployments });
    await client.connect();
    try {
      for (const statement of [
        `UPDATE audit_trail SET actor = 'nobody'`,
        'DELETE FROM audit_trail',
        'TRUNCATE audit_trail',
        'DELETE FROM audit_head',
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM audit_trail');
      expect(Number(rows[0]?.count)).toBe((await entries()).length);
    } finally {
      await client.end();
    }
  });

  it('is read by any subscriber with a durable of its own, in order, each entry checked', async () => {
    const all = await entries();
    const lines = await subscribe('one');
    expect(lines).toHaveLength(all.length);
    for (const [index, line] of lines.entries()) expect(line).toMatch(new RegExp(`^${String(index + 1)} .*\\[ok\\]$`));
    expect(lines.at(-1)).toContain('deployment.finished envmap');
    expect(await subscribe('one')).toEqual([]);
    expect(await subscribe('two')).toEqual(lines);
  });

  it('names the first entry that somebody with all rights has changed, removed or added', async () => {
    const bent = async (change: string, back: string): Promise<unknown> => {
      const off = 'ALTER TABLE deployments.audit_trail DISABLE TRIGGER USER';
      await sql(test.database, `${off}; ${change}; ALTER TABLE deployments.audit_trail ENABLE TRIGGER USER`);
      const { intact, broken } = await test.client.verifyAudit({});
      await sql(test.database, `${off}; ${back}; ALTER TABLE deployments.audit_trail ENABLE TRIGGER USER`);
      return { intact, sequence: broken?.sequence, reason: broken?.reason };
    };
    const table = 'deployments.audit_trail';
    expect(
      await bent(
        `UPDATE ${table} SET actor = 'nobody' WHERE sequence = 2`,
        `UPDATE ${table} SET actor = 'operator' WHERE sequence = 2`,
      ),
    ).toEqual({ intact: false, sequence: 2, reason: 'changed' });
    expect(
      await bent(
        `CREATE TABLE deployments.gone AS SELECT * FROM ${table} WHERE sequence = 3; DELETE FROM ${table} WHERE sequence = 3`,
        `INSERT INTO ${table} SELECT * FROM deployments.gone; DROP TABLE deployments.gone`,
      ),
    ).toEqual({ intact: false, sequence: 3, reason: 'missing' });
    const count = (await entries()).length;
    expect(
      await bent(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(a, jsonb_build_object('sequence', ${String(count + 1)},
           'id', gen_random_uuid()))).* FROM ${table} AS a WHERE sequence = ${String(count)}`,
        `DELETE FROM ${table} WHERE sequence = ${String(count + 1)}`,
      ),
    ).toEqual({ intact: false, sequence: count + 1, reason: 'changed' });
    expect((await test.client.verifyAudit({})).intact).toBe(true);
  });

  async function subscribe(name: string): Promise<string[]> {
    const file = join(repositoryRoot(), 'docs/examples/audit-subscriber.mjs');
    const env = { ...process.env, NATS_URL: test.system.settings.natsUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [file, '--once', '--name', name], { env });
    return stdout.split('\n').filter((line) => line !== '');
  }
});

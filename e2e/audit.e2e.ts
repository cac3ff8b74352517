import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryData, operations, OutputOf } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
  /** The trail that most of this is about. */
  const deployments = async (filter: object = {}): Promise<AuditEntryData[]> =>
    (await entries(filter)).filter(({ service }) => service === 'deployer');

  it('holds who did what where, under which plan, from what to what, and how it ended', async () => {
    const first = await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'one' } });
    const second = await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'two' } });
    const [asked, finished] = await entries({ deployment_id: second.deployment.deployment_id });
    const { verdict } = second.deployment;
    const same = {
      service: 'deployer',
      actor: 'operator',
      request_id: second.deployment.request_id,
      cluster_id: test.registered.cluster_id,
      namespace: test.namespace.name,
      stack_id: second.deployment.stack_id,
      project: 'shop',
      services: ['web'],
      target: `shop/web in ${test.namespace.name}`,
    };
    const unended = { kind: 'deploy', verdict: null, after_digest: null };
    expect(asked).toMatchObject({
      ...same,
      action: 'deployment.requested',
      result: 'accepted',
      deployment: unended,
    });
    expect(finished).toMatchObject({
      ...same,
      action: 'deployment.finished',
      result: 'succeeded',
      deployment: { kind: 'deploy', verdict },
    });
    const reported = finished?.deployment;
    expect(reported?.plan_hash).toBe(second.deployment.plan_hash);
    expect(reported?.plan_hash).toMatch(/^[0-9a-f]{64}$/);
    const [, firstFinished] = await entries({ deployment_id: first.deployment.deployment_id });
    expect(reported?.before_digest).toBe(firstFinished?.deployment?.after_digest);
    expect(reported?.after_digest).not.toBe(reported?.before_digest);
    expect(reported?.after_digest).toMatch(/^test:[0-9a-f]{64}$/);
  });

  it('says what a failure and a cancel have left: the state before, or a mixture', async () => {
    const failed = await deploy(test, { service_id: 'shop:web', k8s_spec: nowhere, deadline_seconds: 6 });
    const [, rolledBack] = await entries({ deployment_id: failed.deployment.deployment_id });
    expect(rolledBack?.deployment?.after_digest).toBe(rolledBack?.deployment?.before_digest);
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
    expect(cancelled[2]).toMatchObject({
      result: 'cancelled',
      deployment: { after_digest: null, verdict: { status: 'cancelled' } },
    });
  });

  it('has entries for an env map, which is a deployment of its service', async () => {
    const { cluster_id } = test.registered;
    await test.client.applyEnvmap({ cluster_id, service_name: 'worker', env_vars: { MODE: 'fast' } });
    const found = await entries({ project: 'worker' });
    expect(found.map(({ action, deployment }) => `${String(deployment?.kind)} ${action}`)).toEqual([
      'envmap deployment.requested',
      'envmap deployment.finished',
    ]);
    expect(found[1]).toMatchObject({ namespace: test.namespace.name, result: 'succeeded' });
    expect(await entries({ service_name: 'worker' })).toEqual(found);
  });

  it('is numbered without a gap in each service, chained, and read page by page as one list', async () => {
    const all = await entries();
    const services = Map.groupBy(all, ({ service }) => service);
    expect([...services.keys()].sort()).toEqual(['access', 'cluster', 'deployer']);
    for (const trail of services.values()) {
      expect(trail.map(({ sequence }) => sequence)).toEqual(trail.map((_, index) => index + 1));
      for (const [index, entry] of trail.entries())
        if (index > 0) expect(entry.previous_seal).toBe(trail[index - 1]?.seal);
    }
    expect(all.map(({ time }) => time)).toEqual(all.map(({ time }) => time).sort());
    const pages: AuditEntryData[] = [];
    for (let before: string | null | undefined; before !== null;) {
      const page = await test.client.listAudit({ limit: 3, ...(before === undefined ? {} : { before }) });
      expect(page.unanswered).toEqual([]);
      pages.push(...page.entries);
      before = page.next_before;
    }
    expect(pages).toEqual([...all].reverse());
    await expect(test.client.listAudit({ before: 'nobody.7' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is found whole, as far as the stream was told of it', async () => {
    const all = await deployments();
    const { intact, entries: count, trails } = await untilAnchored('deployer', all.length);
    expect({ intact, count }).toEqual({ intact: true, count: (await entries()).length });
    expect(trails.find(({ service }) => service === 'deployer')).toMatchObject({
      entries: all.length,
      head: { sequence: all.length, seal: all.at(-1)?.seal },
      anchor: { sequence: all.length },
      broken: null,
    });
    expect(trails.find(({ service }) => service === 'scanner')).toMatchObject({ intact: true, entries: 0, head: null });
  });

  it('lets the service itself add and read entries and nothing else', async () => {
    const client = new pg.Client({ connectionString: test.database.urls.deployments });
    await client.connect();
    try {
      for (const statement of [
        `UPDATE audit_trail SET record = '{}'`,
        'DELETE FROM audit_trail',
        'TRUNCATE audit_trail',
        'ALTER TABLE audit_trail ADD COLUMN more text',
        'DROP TABLE audit_trail',
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM audit_trail');
      expect(Number(rows[0]?.count)).toBe((await deployments()).length);
    } finally {
      await client.end();
    }
  });

  it('is read by any subscriber with a durable of its own, in order, each entry checked', async () => {
    const all = await entries();
    const lines = await subscribe('one');
    expect(lines).toHaveLength(all.length);
    const own = lines.filter((line) => line.startsWith('deployer '));
    for (const [index, line] of own.entries())
      expect(line).toMatch(new RegExp(`^deployer ${String(index + 1)} .*\\[ok\\]$`));
    expect(lines.filter((line) => !line.endsWith('[ok]'))).toEqual([]);
    expect(own.at(-1)).toContain('deployment.finished worker/worker in');
    expect(await subscribe('one')).toEqual([]);
    expect(await subscribe('two')).toEqual(lines);
  });

  it('is exported by a command of the operator, verified without the database, and trimmed of what is old alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'audit-'));
    const file = join(folder, 'deployer.jsonl');
    const AUDIT_KEYS = test.system.settings.auditKeys.deployments;
    const { urls, ownerUrls } = test.database;
    const before = await deployments();
    const head = before.at(-1)?.seal ?? '';
    try {
      const good = `entries 1 to ${String(before.length)} are good; the last seal is ${head}`;
      expect(await audit(['export', 'deployer', file], { AUDIT_KEYS, DATABASE_URL: urls.deployments })).toContain(good);
      const lines = (await readFile(file, 'utf8')).trim().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(before);
      expect((await deployments()).at(-1)).toMatchObject({
        action: 'audit.exported',
        actor: 'command:audit',
        details: { first: 1, last: before.length, seal: head },
      });
      expect(await audit(['verify', file], { AUDIT_KEYS })).toContain(good);
      expect(
        await audit(['trim', 'deployer', '1', file], { AUDIT_KEYS, MIGRATION_DATABASE_URL: ownerUrls.deployments }),
      ).toContain('has no entry in the export that is older');
      await writeFile(file, lines.with(1, (lines[1] ?? '').replace('operator', 'nobody')).join('\n'));
      await expect(audit(['verify', file], { AUDIT_KEYS })).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('Entry 2 of the deployer-service is not what was written.'),
      });
      expect(await deployments()).toHaveLength(before.length + 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('names the entry and the service when somebody with all rights has changed, removed, added or put back', async () => {
    const table = 'deployments.audit_trail';
    const before = (await deployments()).length;
    await untilAnchored('deployer', before);
    await sql(test.database, `CREATE TABLE public.kept AS SELECT * FROM ${table}`);
    const columns = 'sequence, record, key_id, previous_seal, seal';
    const bent = async (change: string): Promise<unknown> => {
      await sql(test.database, change);
      const { intact, trails } = await test.client.verifyAudit({});
      await sql(
        test.database,
        `DELETE FROM ${table}; INSERT INTO ${table} (${columns}) SELECT ${columns} FROM public.kept ORDER BY sequence`,
      );
      const { broken } = trails.find(({ service }) => service === 'deployer') ?? {};
      return { intact, reason: broken?.reason, message: broken?.message };
    };
    const [last, more] = [String(before), String(before + 1)];
    expect(await bent(`UPDATE ${table} SET record = replace(record, 'operator', 'nobody') WHERE sequence = 2`)).toEqual(
      {
        intact: false,
        reason: 'changed',
        message: 'Entry 2 of the deployer-service is not what was written.',
      },
    );
    expect(await bent(`DELETE FROM ${table} WHERE sequence = 3`)).toEqual({
      intact: false,
      reason: 'missing',
      message: 'Entry 3 of the deployer-service is missing.',
    });
    expect(await bent(`DELETE FROM ${table} WHERE sequence > 2`)).toEqual({
      intact: false,
      reason: 'missing',
      message: `Entries 3 to ${last} of the deployer-service are missing: the stream was told of them.`,
    });
    expect(await bent(`TRUNCATE ${table}`)).toMatchObject({ intact: false, reason: 'missing' });
    const forged = `INSERT INTO ${table} (${columns})
      SELECT ${more}, replace(record, '"sequence":${last}', '"sequence":${more}'), key_id, seal, md5(seal) || md5(record)
        FROM ${table} WHERE sequence = ${last}`;
    expect(await bent(forged)).toMatchObject({
      intact: false,
      reason: 'changed',
      message: `Entry ${more} of the deployer-service is not what was written.`,
    });
    expect((await test.client.verifyAudit({})).intact).toBe(true);
  });

  it('names where it was put back, also after it has grown again under the same numbers', async () => {
    const table = 'deployments.audit_trail';
    const before = (await deployments()).length;
    await untilAnchored('deployer', before);
    await sql(test.database, `DELETE FROM ${table} WHERE sequence > ${String(before - 2)}`);
    await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'three' } });
    await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'four' } });
    const first = String(before - 1);
    const { intact, trails } = await test.client.verifyAudit({});
    expect(intact).toBe(false);
    expect(trails.find(({ service }) => service === 'deployer')?.broken).toEqual({
      sequence: before - 1,
      reason: 'rewritten',
      message: `Entry ${first} of the deployer-service is another one than the stream was told of: the trail was put back or rewritten from there.`,
    });
    const { dead_letters: letters } = await test.client.listDeadLetters({ limit: 50 });
    expect(letters.map(({ reason }) => reason).join('\n')).toContain(`entry ${first} of the deployer-service`);
    expect(test.system.logs('deployer-service')).toContain('the audit is broken');
  });

  /** The answer once the stream was told of this entry. */
  async function untilAnchored(service: string, sequence: number): Promise<OutputOf<typeof operations.verifyAudit>> {
    for (const deadline = Date.now() + 20_000; ;) {
      const answer = await test.client.verifyAudit({});
      const anchor = answer.trails.find((trail) => trail.service === service)?.anchor;
      if (anchor?.sequence === sequence) return answer;
      if (Date.now() > deadline) throw new Error(`the stream was told of ${String(anchor?.sequence)} only`);
    }
  }

  /** What the command says, with these settings alone. */
  async function audit(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<string> {
    const script = join(repositoryRoot(), 'tools/audit.mjs');
    const { PATH = '', HOME = '' } = process.env;
    const command = ['--conditions=@ushadow/source', script, ...args];
    return (await promisify(execFile)(process.execPath, command, { env: { PATH, HOME, ...settings } })).stdout;
  }

  async function subscribe(name: string): Promise<string[]> {
    const file = join(repositoryRoot(), 'docs/examples/audit-subscriber.mjs');
    const { natsUrl, auditKeys } = test.system.settings;
    const rings = {
      AUDIT_KEYS_ACCESS: auditKeys.access,
      AUDIT_KEYS_CLUSTER: auditKeys.clusters,
      AUDIT_KEYS_DEPLOYER: auditKeys.deployments,
    };
    const env = { ...process.env, ...rings, NATS_URL: natsUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [file, '--once', '--name', name], { env });
    return stdout.split('\n').filter((line) => line !== '');
  }
});

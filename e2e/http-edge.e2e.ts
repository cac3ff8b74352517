import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SseParser, type DeploymentData } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ended, startSystem, type TestSystem } from './support/system.ts';

interface Answer {
  readonly status: number;
  readonly body: DeploymentData & { readonly code?: string };
}

describe('the HTTP edge', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'edge');
  });
  afterAll(async () => {
    await test.stop();
  });

  /** Asks for a deployment under a key. */
  const deploy = async (key: string, request: Readonly<Record<string, unknown>> = {}): Promise<Answer> => {
    const url = `${test.system.gatewayUrl}/api/kubernetes/${test.registered.cluster_id}/deploy`;
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const body = JSON.stringify({ service_id: 'shop:web', supersede: false, ...request });
    const answer = await fetch(url, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  const count = async (): Promise<number> => (await test.client.listDeployments({})).deployments.length;
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: test.database.adminUrl });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };

  it('begins one deployment for one key, however often and how closely it is sent', async () => {
    const before = await count();
    const key = randomUUID();
    const [first, ...others] = await Promise.all([deploy(key), deploy(key), deploy(key)]);
    expect(first).toMatchObject({ status: 202 });
    for (const other of [...others, await deploy(key)]) expect(other).toEqual(first);
    expect(await count()).toBe(before + 1);
    await ended(test, first?.body as DeploymentData);
  });

  it('refuses another request under the same key, and takes it under another', async () => {
    const key = randomUUID();
    const first = await deploy(key);
    expect(await deploy(key, { message: 'other' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const second = await deploy(randomUUID(), { message: 'other' });
    expect(second.body.deployment_id).not.toBe(first.body.deployment_id);
    await ended(test, second.body);
  });

  it('finds the deployment whose answer was lost with the process that would have given it', async () => {
    const key = randomUUID();
    const first = await deploy(key);
    // As a crash between the effect and the answer leaves it.
    await query('UPDATE deployments.idempotency_keys SET answer = NULL, held_until = now()');
    const before = await count();
    const second = await deploy(key);
    expect(second).toMatchObject({ status: 202, body: { deployment_id: first.body.deployment_id } });
    expect(await count()).toBe(before);
    await ended(test, first.body);
  });

  it('refuses a key that is none', async () => {
    expect(await deploy('short')).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } });
  });

  it('ends while somebody listens, who is told and goes on without a gap', async () => {
    const [gateway] = test.system.processes('gateway');
    const { deployment_id: id } = (await deploy(randomUUID())).body;
    const url = `${test.system.gatewayUrl}/api/deployments/${id}/events/stream`;
    const scans = await fetch(
      `${test.system.gatewayUrl}/api/kubernetes/${test.registered.cluster_id}/scan-infra/stream`,
    );
    const startedAt = Date.now();
    await gateway?.process.stop();
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    const reported = new SseParser().push(await scans.text());
    expect(reported.at(-1)?.event).toBe('restart');
    await test.system.add('gateway');
    const events = new SseParser().push(await (await fetch(url)).text());
    const sequences = events
      .filter(({ event }) => event === 'progress')
      .map(({ data }) => (JSON.parse(data) as { sequence: number }).sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(events.at(-1)?.event).toBe('end');
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HookData } from '@ushadow/contracts';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { tablesOf } from './support/database-dump.ts';
import { digestOf, startRegistry, type TestRegistry } from './support/registry.ts';
import { ended, live, startSystem, type TestSystem } from './support/system.ts';

const PASSWORD = 'canary-of-the-registry';
const newToken = (): string => randomBytes(32).toString('base64url');

interface Answer {
  readonly status: number;
  readonly body: {
    readonly code?: string;
    readonly message?: string;
    readonly deployment_id?: string | null;
    readonly link?: string | null;
    readonly images?: Record<string, string>;
  };
}

describe('deploy on push', () => {
  let test: TestSystem;
  let registry: TestRegistry;
  let stack_id = '';
  const open = { token: newToken(), hook: undefined as HookData | undefined };
  const signed = { token: newToken(), key: `whsec_${randomBytes(32).toString('base64')}` };

  const post = async (token: string, body: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const url = `${test.system.gatewayUrl}/api/hooks/${token}`;
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  const sign = (
    body: string,
    id: string = randomUUID(),
    at = Math.floor(Date.now() / 1_000),
  ): Record<string, string> => {
    const key = Buffer.from(signed.key.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key)
      .update(`${id}.${String(at)}.${body}`)
      .digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` };
  };
  const image = async (): Promise<string> => {
    const spec = JSON.stringify((await live(test, 'deployments', 'web'))?.spec);
    return /"image":"([^"]+)"/.exec(spec)?.[1] ?? '';
  };
  const done = async ({ body }: Answer) =>
    ended(test, await test.client.getDeployment({ deployment_id: body.deployment_id ?? '' }));

  beforeAll(async () => {
    registry = await startRegistry('team/web', { username: 'robot', password: PASSWORD });
    test = await startSystem(import.meta.url, 'hooks', {
      env: { 'deployer-service': { ALLOW_PRIVATE_REGISTRIES: 'true', REGISTRIES_PLAINTEXT: registry.host } },
    });
    const { cluster_id } = test.registered;
    await test.client.setPullSecret({ cluster_id, registry: registry.host, username: 'robot', password: PASSWORD });
    const compose = `services:\n  web:\n    image: ${registry.host}/team/web:1.0.0\n`;
    const content = Buffer.from(compose).toString('base64');
    await test.client.uploadProject({ name: 'pushed', files: [{ path: 'compose.yaml', content }] });
    const place = { cluster_id, project: 'pushed', namespace: test.namespace.name };
    ({ stack_id } = await ended(test, await test.client.deployStack(place)));
    open.hook = await test.client.createHook({ stack_id, name: 'ci', token: open.token });
    await test.client.createHook({ stack_id, name: 'signed ci', token: signed.token, signing_key: signed.key });
  }, 180_000);
  afterAll(async () => {
    await test?.stop();
    await registry?.stop();
  });

  it('deploys the image that CI names, and answers 202 with the deployment, which is audited under the hook’s name', async () => {
    const wanted = `${registry.host}/team/web:1.1.0`;
    const answer = await post(open.token, JSON.stringify({ service: 'web', image: wanted }));
    expect(answer).toMatchObject({ status: 202, body: { images: { web: wanted } } });
    expect(answer.body.link).toMatch(new RegExp(`/deployments/${answer.body.deployment_id ?? '-'}$`));
    expect(await done(answer)).toMatchObject({ status: 'succeeded', kind: 'update-image', actor: 'hook:ci' });
    expect(await image()).toBe(wanted);
    const { entries } = await test.client.listAudit({ deployment_id: answer.body.deployment_id ?? '' });
    expect(entries.find(({ action }) => action === 'deployment.requested')).toMatchObject({ actor: 'hook:ci' });
    const { hooks } = await test.client.listHooks({ stack_id });
    expect(hooks[0]).toMatchObject({ name: 'ci', result: 'web of pushed gets the new image.' });
  });

  it('answers 200 with words where nothing is to be done', async () => {
    const again = await post(open.token, JSON.stringify({ service: 'web', image: `${registry.host}/team/web:1.1.0` }));
    expect(again).toMatchObject({ status: 200, body: { deployment_id: null } });
    expect(again.body.message).toMatch(/^Nothing is to be done: web runs .* already\.$/);
    const other = { push_data: { tag: '1' }, repository: { repo_name: 'other/thing' } };
    expect(await post(open.token, JSON.stringify(other))).toMatchObject({ status: 200 });
  });

  it('asks the registry what a tag means, and pins it', async () => {
    registry.tags.set('1.2.0', digestOf('aaa'));
    const answer = await post(open.token, JSON.stringify({ service: 'web', tag: '1.2.0' }));
    expect(answer.status).toBe(202);
    expect(await done(answer)).toMatchObject({ status: 'succeeded' });
    expect(await image()).toBe(`${registry.host}/team/web:1.2.0@${digestOf('aaa')}`);
  });

  it('understands what a registry of the distribution sends, under its own content type', async () => {
    const target = { repository: 'team/web', tag: '1.3.0', digest: digestOf('bbb') };
    const body = JSON.stringify({ events: [{ id: '1', action: 'push', target, request: { host: registry.host } }] });
    const type = { 'content-type': 'application/vnd.docker.distribution.events.v1+json' };
    const answer = await post(open.token, body, type);
    expect(answer.status).toBe(202);
    expect(await done(answer)).toMatchObject({ status: 'succeeded' });
    expect(await image()).toBe(`${registry.host}/team/web:1.3.0@${digestOf('bbb')}`);
  });

  it('takes a signed call once: replayed, too old or wrongly signed it is refused', async () => {
    const body = JSON.stringify({ service: 'web', image: `${registry.host}/team/web:1.4.0` });
    const headers = sign(body);
    const first = await post(signed.token, body, headers);
    expect(first.status).toBe(202);
    await done(first);
    expect(await post(signed.token, body, headers)).toMatchObject({ status: 409, body: { code: 'HOOK_REPLAYED' } });
    const old = sign(body, 'old', Math.floor(Date.now() / 1_000) - 600);
    expect(await post(signed.token, body, old)).toMatchObject({ status: 401, body: { code: 'HOOK_TOO_OLD' } });
  });

  it('says 401 and not which part is wrong, for a token as for a signature', async () => {
    const body = JSON.stringify({ service: 'web', tag: '9' });
    const answers = await Promise.all([
      post(newToken(), body),
      post('short', body),
      post(signed.token, body),
      post(signed.token, body, sign('another body')),
      post(signed.token, body, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }),
    ]);
    for (const { status, body: said } of answers) {
      expect(status).toBe(401);
      expect(said).toMatchObject({ code: 'HOOK_REFUSED', message: 'The token or the signature is not right.' });
    }
  });

  it.each([
    ['an unknown service', { service: 'nope', tag: '1' }, 422, 'HOOK_SERVICE_UNKNOWN'],
    ['another repository', { service: 'web', image: 'evil.example/team/web:1' }, 403, 'HOOK_REPOSITORY_REFUSED'],
    ['what is no call', { service: 'web' }, 422, 'HOOK_BODY_INVALID'],
  ])('refuses %s in words', async (_name, body, status, code) => {
    const before = await image();
    expect(await post(open.token, JSON.stringify(body))).toMatchObject({ status, body: { code } });
    expect(await image()).toBe(before);
  });

  it('refuses what is no JSON, and what is too large', async () => {
    expect(await post(open.token, 'no json')).toMatchObject({ status: 422, body: { code: 'HOOK_BODY_INVALID' } });
    expect(await post(open.token, JSON.stringify({ x: 'x'.repeat(300_000) }))).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  it('takes so many calls in a minute', async () => {
    const { hook_id } = await test.client.createHook({ stack_id, name: 'busy', token: `${newToken()}busy` });
    await test.client.removeHook({ stack_id, hook_id });
    const token = newToken();
    await test.client.createHook({ stack_id, name: 'busy', token });
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await post(token, '{"zen":"x"}')).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(statuses[30]).toBe(429);
  });

  it('has no token and no key in any log, answer or table; a revoked hook is good for nothing', async () => {
    const { hooks } = await test.client.listHooks({ stack_id });
    await test.client.removeHook({ stack_id, hook_id: open.hook?.hook_id ?? '' });
    expect((await post(open.token, '{"zen":"x"}')).status).toBe(401);
    const tables = await tablesOf(test.database);
    expect(tables.get('notifications.hooks')?.length).toBeGreaterThan(0);
    const seen = [test.system.logs(), JSON.stringify(hooks), JSON.stringify([...tables])].join('\n');
    expect([open.token, signed.token, signed.key].filter((secret) => seen.includes(secret))).toEqual([]);
  });
});

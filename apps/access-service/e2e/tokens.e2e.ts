import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  allByteStreams,
  eventStreams,
  httpOperations,
  operations,
  roles,
  type Access,
  type ApiTokenData,
  type GrantData,
} from '@ushadow/contracts';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly code?: string; readonly message?: string };
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const newToken = (): string => randomBytes(32).toString('base64url');
const everywhere = { cluster: '*', namespaces: '*', projects: '*' } as const;

/** Every route there is, each parameter filled with something of no meaning. */
const routes: readonly (readonly [string, string, Access])[] = [
  ...Object.values(httpOperations).map(({ http, access }) => [http.method, http.path, access] as const),
  ...Object.values(eventStreams).map(({ path, access }) => ['GET', path, access] as const),
  ...Object.values(allByteStreams).map(({ path, access }) => ['GET', path, access] as const),
].map(([method, path, access]) => [method, path.replaceAll(/:[a-z_]+/g, 'x'), access] as const);
const withRole = routes.filter(([, , { role }]) => (roles as readonly string[]).includes(role));

describe('tokens', () => {
  let database: TestDatabase;
  let system: RunningSystem;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['access-service', 'gateway'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: [...only] });
  }, 60_000);
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  async function ask(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const response = await fetch(`${system.gatewayUrl}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {} };
  }

  async function make(more: object = {}): Promise<{ token: string; made: ApiTokenData }> {
    const token = newToken();
    const { status, body } = await ask('POST', '/api/access/tokens', {
      ...{ name: randomUUID(), digest: digestOf(token), shown: token.slice(0, 6) },
      ...more,
    });
    expect(body).toMatchObject({ shown: token.slice(0, 6) });
    expect(status).toBe(201);
    return { token, made: operations.createToken.output.parse(body) };
  }

  async function give(grant: Partial<GrantData>): Promise<GrantData> {
    const { body } = await ask('POST', '/api/access/grants', grant);
    return operations.giveGrant.output.parse(body);
  }

  const query = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('let nobody in who has none that is good, whatever is asked for', async () => {
    const closed = routes.filter(([, , { role }]) => role !== 'token');
    expect(routes.length - closed.length).toBe(1);
    for (const [method, path] of closed) {
      const answer = await ask(method, path, method === 'GET' ? undefined : {}, newToken());
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 401, 'TOKEN_UNKNOWN']);
    }
    // Whoever calls a hook may authorize itself with something of its own.
    for (const path of ['/api/hooks/x', '/api/hooks/x/', '/API/hooks/x'])
      expect([path, (await ask('POST', path, {}, newToken())).status]).toEqual([path, 503]);
    const headers = { authorization: 'Basic eDp5' };
    const response = await fetch(`${system.gatewayUrl}/api/stacks`, { headers });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'TOKEN_MALFORMED' }]);
  });

  it('are held to their role: each route refuses the one below what it declares, and takes that one', async () => {
    const tokens = new Map<string, string>();
    for (const role of roles) tokens.set(role, (await make({ limits: [{ role, ...everywhere }] })).token);
    expect(withRole.length).toBeGreaterThan(80);
    for (const [method, path, { role }] of withRole) {
      const body = method === 'GET' ? undefined : {};
      const below = roles[roles.indexOf(role as (typeof roles)[number]) - 1];
      const taken = await ask(method, path, body, tokens.get(role));
      expect([method, path, [401, 403].includes(taken.status)]).toEqual([method, path, false]);
      if (below === undefined) continue;
      const refused = await ask(method, path, body, tokens.get(below));
      expect([method, path, refused.status, refused.body.code]).toEqual([method, path, 403, 'ROLE_NEEDED']);
      expect(refused.body.message).toContain(role);
    }
  });

  it('may no more than their user, and what was taken from that one ends within seconds', async () => {
    const given = await give({ user: 'ci', role: 'deployer' });
    const { token } = await make({ user: 'ci', limits: [{ role: 'owner', ...everywhere }] });
    expect((await ask('GET', '/api/notifications/channels', undefined, token)).status).toBe(503);
    expect((await ask('GET', '/api/access/users', undefined, token)).status).toBe(403);
    expect((await ask('DELETE', `/api/access/grants/${given.grant_id}`)).status).toBe(200);
    await until(async () => (await ask('GET', '/api/notifications/channels', undefined, token)).status === 403);
  });

  it('are good for nothing once they are revoked, or over', async () => {
    const { token, made } = await make();
    expect((await ask('GET', '/api/access/users', undefined, token)).status).toBe(200);
    expect((await ask('DELETE', `/api/access/tokens/${made.token_id}`)).status).toBe(200);
    await until(async () => (await ask('GET', '/api/access/users', undefined, token)).status === 401);
    expect((await ask('DELETE', `/api/access/tokens/${made.token_id}`)).body.code).toBe('TOKEN_NOT_FOUND');

    const short = await make({ expires_at: new Date(Date.now() + 86_400_000).toISOString() });
    await query(`UPDATE access.tokens SET expires_at = now() WHERE id = '${short.made.token_id}'`);
    expect((await ask('GET', '/api/access/users', undefined, short.token)).status).toBe(401);
    const past = { name: 'past', digest: digestOf(newToken()), shown: 'past', expires_at: '2020-01-01T00:00:00.000Z' };
    expect((await ask('POST', '/api/access/tokens', past)).body.code).toBe('TOKEN_OVER');
  });

  it('make others only where they are not limited, and for others only as owners', async () => {
    await give({ user: 'anna', role: 'viewer' });
    const annas = await make({ user: 'anna' });
    const limited = await make({ limits: [{ role: 'owner', ...everywhere }] });
    const wish = (user: string) => ({ user, name: randomUUID(), digest: digestOf(newToken()), shown: 'shown' });
    expect((await ask('POST', '/api/access/tokens', wish('anna'), limited.token)).body.code).toBe('ROLE_NEEDED');
    expect((await ask('POST', '/api/access/tokens', wish('anna'), annas.token)).status).toBe(201);
    for (const [method, path, body] of [
      ['POST', '/api/access/tokens', wish('operator')],
      ['GET', '/api/access/tokens?user=operator', undefined],
    ] as const)
      expect((await ask(method, path, body, annas.token)).body.code).toBe('OWNER_NEEDED');
    // Nor does a limited one show more than its own user's.
    expect((await ask('GET', '/api/access/tokens?user=anna', undefined, limited.token)).body.code).toBe('ROLE_NEEDED');
    expect((await ask('GET', '/api/access/tokens', undefined, limited.token)).status).toBe(200);
    const end = new Date(Date.now() + 86_400_000).toISOString();
    const ending = await make({ user: 'anna', expires_at: end });
    expect((await ask('POST', '/api/access/tokens', wish('anna'), ending.token)).body.code).toBe('ROLE_NEEDED');
    const noLonger = { ...wish('anna'), expires_at: end };
    expect((await ask('POST', '/api/access/tokens', noLonger, ending.token)).status).toBe(201);
    const hers = await ask('GET', '/api/access/tokens', undefined, annas.token);
    const { tokens } = operations.listTokens.output.parse(hers.body);
    expect(new Set(tokens.map(({ user }) => user))).toEqual(new Set(['anna']));
    expect(tokens.find(({ token_id: id }) => id === annas.made.token_id)?.used_at).not.toBeNull();
    expect((await ask('DELETE', `/api/access/tokens/${limited.made.token_id}`, undefined, annas.token)).status).toBe(
      404,
    );
    expect((await ask('POST', '/api/access/tokens', wish('no-such-user'))).body.code).toBe('USER_NOT_FOUND');
    const twice = wish('anna');
    expect((await ask('POST', '/api/access/tokens', twice)).status).toBe(201);
    expect((await ask('POST', '/api/access/tokens', twice)).body.code).toBe('TOKEN_NAME_TAKEN');
  });

  it('leave an owner: the last one cannot go, whoever asks at once', async () => {
    const users = operations.listUsers.output.parse((await ask('GET', '/api/access/users')).body).users;
    const [first] = users.flatMap(({ grants }) => grants.filter(({ role }) => role === 'owner'));
    expect(first).toMatchObject({ user: 'operator', given_by: 'service:access' });
    // One of a single cluster is no owner of the installation.
    await give({ user: 'bert', role: 'owner', cluster: '0123456789abcdef' });
    expect((await ask('DELETE', `/api/access/grants/${first?.grant_id ?? ''}`)).body.code).toBe('LAST_OWNER');
    const second = await give({ user: 'anna', role: 'owner' });
    expect((await ask('POST', '/api/access/grants', { user: 'anna', role: 'owner' })).body.code).toBe('GRANT_HELD');
    const both = [first?.grant_id ?? '', second.grant_id];
    const answers = await Promise.all(both.map((id) => ask('DELETE', `/api/access/grants/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await ask('DELETE', `/api/access/grants/${randomUUID()}`)).body.code).toBe('GRANT_NOT_FOUND');
  });

  it('leave their digest alone in the database, an entry for each change in the audit, and nothing in a log', async () => {
    const { token, made } = await make();
    await ask('GET', '/api/access/users', undefined, token);
    await ask('DELETE', `/api/access/tokens/${made.token_id}`);
    const entries = await query(`SELECT record::jsonb ->> 'action' AS action FROM access.audit_trail`);
    const actions = new Set(entries.map(({ action }) => action));
    expect([...actions].sort()).toEqual(['grant.given', 'grant.taken', 'token.created', 'token.revoked']);
    const kept = await query(`SELECT row_to_json(t)::text AS row FROM access.tokens AS t
                              UNION ALL SELECT record FROM access.audit_trail`);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(system.logs()).not.toContain(token);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await isSo());)
    if (Date.now() > deadline) throw new Error('it did not come to that within 10 s');
}

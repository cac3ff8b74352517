import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GrantData } from '@ushadow/contracts';
import { createHash } from 'node:crypto';
import { runUshadow, type Ran } from '../testing/run-ushadow.ts';
import { deploymentId, stackId } from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const at = '2026-01-01T00:00:00.000Z';
const grant: GrantData = {
  ...{ grant_id: stackId, user: 'ci', role: 'deployer', cluster: '*', namespaces: 'shop-*', projects: '*' },
  ...{ given_at: at, given_by: 'operator' },
};

describe('who is let in', () => {
  const gateway = new StandInGateway();
  beforeAll(() => {
    gateway
      .answer('listTokens', {
        tokens: [
          {
            ...{ token_id: stackId, user: 'ci', name: 'nightly', shown: 'abcdef', created_at: at, expires_at: null },
            ...{ limits: [{ role: 'viewer', cluster: '*', namespaces: '*', projects: '*' }], used_at: at },
          },
        ],
      })
      .answer('createToken', ({ name, user = 'operator', shown }) => ({
        ...{ token_id: stackId, user, name, shown, limits: null, created_at: at, expires_at: null, used_at: null },
      }))
      .answer('revokeToken', { success: true, message: 'The token nightly is revoked.' })
      .answer('listUsers', {
        users: [
          { user: 'ci', created_at: at, grants: [grant] },
          { user: 'x', created_at: at, grants: [] },
        ],
      })
      .answer('giveGrant', grant)
      .answer('takeGrant', { success: true, message: 'ci is deployer there no more.' });
    return gateway.start();
  });
  afterAll(() => gateway.stop());

  const ushadow = (args: readonly string[], environment: Record<string, string> = {}): Promise<Ran> =>
    runUshadow(args, { workingDirectory: '/', environment: { USHADOW_API: gateway.url, ...environment } });

  it('is told of a token its digest alone; it is shown once', async () => {
    const { code, out } = await ushadow([
      'token',
      'create',
      'nightly',
      '--user',
      'ci',
      '--role',
      'viewer',
      '--days',
      '7',
    ]);
    expect(code).toBe(0);
    const token = /^ {2}([A-Za-z0-9_-]{43})$/m.exec(out)?.[1] ?? '';
    const [asked] = gateway.askedFor('createToken');
    expect(asked).toMatchObject({ name: 'nightly', user: 'ci', limits: [{ role: 'viewer' }] });
    expect(asked).toMatchObject({ digest: createHash('sha256').update(token).digest('hex'), shown: token.slice(0, 6) });
    expect(JSON.stringify(asked)).not.toContain(token);
  });

  it('shows what tokens may, and revokes one by its name', async () => {
    expect((await ushadow(['token', 'ls'])).out).toMatch(/nightly +abcdef… +viewer +it is revoked +2026-01-01T00:00/);
    expect((await ushadow(['token', 'rm', 'nightly'])).code).toBe(0);
    expect(gateway.askedFor('revokeToken')).toEqual([{ token_id: stackId }]);
    expect(await ushadow(['token', 'rm', 'other'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('nightly'),
    });
    expect((await ushadow(['token', 'create', 'x', '--role', 'king'])).code).toBe(2);
  });

  it('gives and takes roles', async () => {
    expect((await ushadow(['grant', 'give', 'ci', 'deployer', '--namespaces', 'shop-*'])).out).toBe(
      'ci is deployer now.\n',
    );
    expect(gateway.askedFor('giveGrant')).toEqual([{ user: 'ci', role: 'deployer', namespaces: 'shop-*' }]);
    expect((await ushadow(['grant', 'ls'])).out).toMatch(/ci +deployer +\* +shop-\* +\*[^]*x +none/);
    expect((await ushadow(['grant', 'take', stackId])).code).toBe(0);
    expect((await ushadow(['grant', 'give', 'ci', 'king'])).code).toBe(2);
  });

  it('is asked with the token of USHADOW_TOKEN, streams too, and without one where there is none', async () => {
    gateway.authorizations.length = 0;
    await ushadow(['token', 'ls'], { USHADOW_TOKEN: 'secret' });
    await ushadow(['status', deploymentId, '--wait'], { USHADOW_TOKEN: 'secret' });
    expect(new Set(gateway.authorizations)).toEqual(new Set(['Bearer secret']));
    expect(gateway.authorizations.length).toBeGreaterThan(1);
    await ushadow(['token', 'ls'], { USHADOW_TOKEN: '' });
    expect(gateway.authorizations.at(-1)).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type ChannelData, type NotificationRuleData } from '@ushadow/contracts';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { newSigningKey, Notifying } from './testing/notifying.ts';
import { Receiver } from './testing/receiver.ts';
import { until } from './testing/until.ts';

const [GOING, STAYING, NOWHERE] = ['0123456789abcdef', 'fedcba9876543210', '00000000000000ff'] as const;
const EVENTS = ['stack.drifted' as const];

describe('what is set for clusters and stacks', () => {
  let notifying: Notifying;
  let receiver: Receiver;
  let channel: ChannelData;
  const stacks = { going: randomUUID(), staying: randomUUID() };
  const tokens = { going: randomBytes(32).toString('base64url'), staying: randomBytes(32).toString('base64url') };

  const call = (token: string) =>
    notifying.caller.rpc.call(operations.callHook, {
      ...{ token, headers: {}, body: Buffer.from('{"service":"web","tag":"1"}').toString('base64') },
    });

  beforeAll(async () => {
    [notifying, receiver] = await Promise.all([
      Notifying.start(import.meta.url, { CLUSTERS_INTERVAL_SECONDS: '1' }, ['cluster-service', 'deployer-service']),
      Receiver.start(),
    ]);
    for (const [id, name] of [
      [GOING, 'going'],
      [STAYING, 'staying'],
    ])
      await notifying.query(`
        INSERT INTO clusters.clusters (id, name, context, server, namespace, labels, status, status_since, checked_at,
                                       next_check_at, credential, credential_key_id)
        VALUES ('${String(id)}', '${String(name)}', 'c', 'https://127.0.0.1:1', 'default', '{}', 'connected', now(), now(),
                now(), 'x', 'x')`);
    for (const [id, cluster, token] of [
      [stacks.going, GOING, tokens.going],
      [stacks.staying, STAYING, tokens.staying],
    ] as const) {
      await notifying.query(`
        INSERT INTO deployments.stacks (id, target_id, namespace, project, is_envmap)
        VALUES ('${id}', '${cluster}', 'shop', 'shop', false)`);
      const digest = createHash('sha256').update(token).digest('hex');
      await notifying.query(`
        INSERT INTO notifications.hooks (id, stack_id, name, token_digest, services, any_repository, created_by)
        VALUES (gen_random_uuid(), '${id}', 'ci', '${digest}', '{}', false, 'a')`);
    }
  }, 90_000);
  afterAll(async () => {
    receiver?.stop();
    await notifying?.stop();
  }, 60_000);

  const create = (rules: NotificationRuleData[]) =>
    notifying.caller.rpc.call(operations.createChannel, {
      ...{
        name: 'all',
        kind: 'webhook',
        url: receiver.url,
        signing_key: newSigningKey(),
        allow_plaintext: true,
        rules,
      },
    });

  it('is refused where there is no such cluster or stack, with the rule that names it', async () => {
    const known = { events: EVENTS };
    await expect(create([known, { events: EVENTS, cluster_id: NOWHERE }])).rejects.toMatchObject({
      ...{ code: 'CHANNEL_INVALID', message: `rules.1: there is no cluster ${NOWHERE}.` },
    });
    const stack_id = randomUUID();
    await expect(create([{ events: EVENTS, stack_id }])).rejects.toMatchObject({
      ...{ code: 'CHANNEL_INVALID', message: `rules.0: there is no stack ${stack_id}.` },
    });
    await expect(create([{ events: EVENTS, cluster_id: STAYING, stack_id: stacks.going }])).rejects.toMatchObject({
      ...{ code: 'CHANNEL_INVALID', message: `rules.0: the stack ${stacks.going} is in another cluster.` },
    });
    channel = await create([
      known,
      { events: EVENTS, cluster_id: GOING },
      { events: EVENTS, stack_id: stacks.going },
      { events: EVENTS, cluster_id: STAYING, stack_id: stacks.staying },
    ]);
    await expect(
      notifying.caller.rpc.call(operations.updateChannel, {
        ...{ channel_id: channel.channel_id, rules: [{ events: EVENTS, cluster_id: NOWHERE }] },
      }),
    ).rejects.toMatchObject({ code: 'CHANNEL_INVALID' });
  });

  it('is refused in words while a stack is taken down: a hook of it updates nothing', async () => {
    await expect(call(tokens.staying)).rejects.toMatchObject({
      code: 'HOOK_STACK_REMOVED',
      message: 'shop in shop was removed: there is nothing to update. Deploy it again, or revoke the hook.',
    });
  });

  it('goes with its cluster, which never comes back under its id; that is in the audit, and the rest stays', async () => {
    await notifying.caller.rpc.call(operations.deleteCluster, { cluster_id: GOING });
    await until(async () => ((await notifying.state(channel))?.rules.length === 2 ? true : undefined));
    expect((await notifying.state(channel))?.rules).toEqual([
      { events: EVENTS },
      { events: EVENTS, cluster_id: STAYING, stack_id: stacks.staying },
    ]);
    await until(async () =>
      (await notifying.query('SELECT FROM notifications.hooks')).length === 1 ? true : undefined,
    );
    await expect(call(tokens.going)).rejects.toMatchObject({ code: 'HOOK_REFUSED' });
    await expect(call(tokens.staying)).rejects.toMatchObject({ code: 'HOOK_STACK_REMOVED' });
    const entries = await notifying.query(`
      SELECT record::jsonb ->> 'action' AS action, record::jsonb ->> 'actor' AS actor, record::jsonb -> 'details' AS details
        FROM notifications.audit_trail ORDER BY sequence`);
    expect(entries).toContainEqual({
      ...{ action: 'channel.updated', actor: 'system' },
      details: { changed: ['rules'], rules_of_what_was_removed: 2 },
    });
    expect(entries).toContainEqual({ action: 'hook.removed', actor: 'system', details: {} });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { newSigningKey, Notifying } from './testing/notifying.ts';
import { Receiver } from './testing/receiver.ts';
import { until } from './testing/until.ts';

const ENDED = 30;

describe('a notifier that is killed', () => {
  let notifying: Notifying;
  let receiver: Receiver;

  beforeAll(async () => {
    const env = { RECEIVER_TIMEOUT_SECONDS: '1', CLUSTERS_INTERVAL_SECONDS: '1' };
    [notifying, receiver] = await Promise.all([
      Notifying.start(import.meta.url, env, ['cluster-service']),
      Receiver.start(),
    ]);
  }, 60_000);
  afterAll(async () => {
    receiver?.stop();
    await notifying?.stop();
  }, 60_000);

  it('loses nothing: all arrives, what ended while nobody ran too, and twice only under the same id', async () => {
    receiver.answer = (response) => void setTimeout(() => response.writeHead(204).end(), 30);
    await notifying.channel('all', { kind: 'webhook', url: `${receiver.url}/all` });
    const [service] = notifying.system.processes('notifier-service');
    const told = new Set<string>();
    const end = async (): Promise<void> => void told.add(await notifying.ends());
    for (let count = 0; count < ENDED / 2; count += 1) await end();
    await until(() => (receiver.received.length >= 3 ? true : undefined));
    service?.process.signal('KILL');
    await service?.process.exited;
    for (let count = 0; count < ENDED / 2; count += 1) await end();
    await notifying.system.add('notifier-service');
    const ids = () => new Set(receiver.received.map(({ headers }) => String(headers['webhook-id'])));
    await until(
      () => (ids().size >= ENDED ? true : undefined),
      60_000,
      () => `: ${String(ids().size)}`,
    );
    expect(ids().size).toBe(ENDED);
    const rows = await notifying.query('SELECT id, event_id FROM notifications.deliveries');
    expect(new Set(rows.map(({ id }) => id))).toEqual(ids());
    expect(new Set(rows.map(({ event_id: id }) => id))).toEqual(told);
    expect(receiver.received.length - ENDED).toBeLessThanOrEqual(1);
  });

  it('tells what clusters have come to meanwhile, and of credentials that end', async () => {
    const rules = [{ events: ['cluster.status-changed' as const, 'credential.expired' as const] }];
    await notifying.channel('clusters', { kind: 'webhook', url: `${receiver.url}/clusters`, rules });
    const titles = () =>
      receiver.at('/clusters').map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
    await notifying.query(`
      INSERT INTO clusters.clusters (id, name, context, server, namespace, labels, status, status_since, checked_at,
                                     next_check_at, credential, credential_key_id)
      VALUES ('0123456789abcdef', 'prod', 'c', 'https://127.0.0.1:1', 'default', '{}', 'connected', now(), now(), now(),
              'x', 'x')`);
    await until(async () =>
      (await notifying.query('SELECT FROM notifications.cluster_states')).length === 1 ? true : undefined,
    );
    const [service] = notifying.system.processes('notifier-service');
    service?.process.signal('KILL');
    await service?.process.exited;
    await notifying.query(`
      UPDATE clusters.clusters SET status = 'unreachable', status_reason = 'It does not answer.', status_since = now(),
             credential_expires_at = now() - interval '1 minute'`);
    await notifying.system.add('notifier-service');
    await until(() => (titles().length >= 2 ? true : undefined));
    expect(titles().sort()).toEqual(['Cluster prod cannot be reached', 'The credential of cluster prod has expired']);
  });

  it('and gives none of its secrets away: not in a log, an answer, a table, nor an entry of the audit', async () => {
    const [url, key, password] = [`${receiver.url}/canary/canary-of-the-path`, newSigningKey(), 'canary-of-the-mail'];
    const created = await notifying.channel('canary', { kind: 'webhook', url, signing_key: key });
    const smtp = {
      host: 'localhost',
      port: 1,
      from: 'a@example.org',
      to: ['b@example.org'],
      username: 'canary',
      password,
    };
    const mail = await notifying.channel('canary by mail', { kind: 'email', smtp });
    receiver.answer = (response, { body, path }) => {
      if (path.startsWith('/canary')) response.writeHead(500).end(`${path} ${key} ${body}`);
      else response.writeHead(204).end();
    };
    await notifying.ends();
    await until(async () => (await notifying.state(created))?.failing_since ?? undefined);
    const { rpc } = notifying.caller;
    const answers = [
      created,
      mail,
      await rpc.call(operations.testChannel, { channel_id: mail.channel_id }),
      await rpc.call(operations.listDeliveries, {}),
      await rpc.call(operations.listChannels, {}),
    ];
    const tables = await notifying.query(`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'notifications'`);
    const rows = await Promise.all(
      tables.map(({ name }) => notifying.query(`SELECT * FROM notifications.${String(name)}`)),
    );
    const seen = [JSON.stringify(answers), JSON.stringify(rows), notifying.system.logs()].join('\n');
    expect(seen.length).toBeGreaterThan(5_000);
    // Not by `toContain`, which would write all of it into its message.
    const secrets = ['canary-of-the-path', key, key.replace('whsec_', ''), password];
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    expect(JSON.stringify(rows)).toContain('channel.created');
  });
});

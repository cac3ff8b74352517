import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { createHmac } from 'node:crypto';
import { newSigningKey, Notifying } from './testing/notifying.ts';
import { Receiver } from './testing/receiver.ts';
import { until } from './testing/until.ts';

const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );

describe('notifications to a webhook', () => {
  let notifying: Notifying;
  let receiver: Receiver;

  beforeAll(async () => {
    [notifying, receiver] = await Promise.all([Notifying.start(import.meta.url), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    receiver?.stop();
    await notifying?.stop();
  }, 60_000);

  it('say how a deployment ended, why, and where to look, signed as Standard Webhooks has it', async () => {
    const signingKey = newSigningKey();
    await notifying.channel('signed', { kind: 'webhook', url: `${receiver.url}/signed`, signing_key: signingKey });
    await notifying.ends({ source: { path: '/services/web/image', file: 'compose.yaml', line: 4 } });
    const [{ headers, body }] = await until(() => {
      const [one] = receiver.at('/signed');
      return one === undefined ? undefined : ([one] as const);
    });
    const id = String(headers['webhook-id']);
    const timestamp = String(headers['webhook-timestamp']);
    const key = Buffer.from(signingKey.replace('whsec_', ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Date.now() / 1_000 - Number(timestamp))).toBeLessThan(60);
    expect(JSON.parse(body)).toMatchObject({
      id,
      type: 'deployment.failed',
      data: {
        title: 'Deployment of shop on 0123456789abcdef failed',
        text: 'There is no such image.',
        link: expect.stringMatching(/^https:\/\/ushadow\.example\/deployments\/[0-9a-f-]{36}$/),
        facts: expect.arrayContaining([{ name: 'Line', value: 'compose.yaml:4 (/services/web/image)' }]),
      },
    });
  });

  it('come once for each event and channel, and to those channels alone whose rules want them', async () => {
    const url = (path: string) => `${receiver.url}${path}`;
    const rules = [{ events: ['deployment.succeeded' as const] }];
    const elsewhere = [{ events: ['deployment.failed' as const], cluster_id: 'ffffffffffffffff' }];
    const all = await notifying.channel('all', { kind: 'webhook', url: url('/all') });
    await notifying.channel('good ones', { kind: 'webhook', url: url('/good'), rules });
    await notifying.channel('elsewhere', { kind: 'webhook', url: url('/elsewhere'), rules: elsewhere });
    const entry = { audit_id: '4bd24b8b-1a0f-4f5c-8e0c-3cbd0f7f7a10' };
    // The stream may hand out an entry twice.
    await notifying.ends({}, entry);
    await notifying.ends({}, entry);
    await notifying.ends({ status: 'succeeded', code: null, reason: null });
    await until(() => (receiver.at('/good').length === 1 && receiver.at('/all').length === 2 ? true : undefined));
    // What was taken is written down a moment later.
    await until(async () => ((await notifying.state(all))?.waiting === 0 ? true : undefined));
    expect((await notifying.deliveries(all)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    expect(receiver.at('/elsewhere')).toEqual([]);
    expect(await notifying.state(all)).toMatchObject({ state: 'working', waiting: 0, reason: null });
  });

  it('are tried again after a failure, under the same id, and the log has each attempt', async () => {
    const secretPath = '/retried/path-that-is-secret';
    receiver.answer = (response, { path }) => {
      const isFirst = receiver.at(secretPath).length === 1;
      if (path === secretPath && isFirst) response.writeHead(500).end(`no: ${receiver.url}${secretPath}`);
      else response.writeHead(200).end('thanks');
    };
    const channel = await notifying.channel('retried', { kind: 'webhook', url: `${receiver.url}${secretPath}` });
    await notifying.ends();
    await until(async () => ((await notifying.state(channel))?.state === 'failing' ? true : undefined));
    expect((await notifying.state(channel))?.reason).toBe('Failing: it answered 500.');
    const [delivery] = await until(async () => {
      const found = await notifying.deliveries(channel);
      return found[0]?.state === 'delivered' ? found : undefined;
    });
    expect(delivery?.attempts).toMatchObject([
      { number: 1, ok: false, status: 500, message: 'it answered 500' },
      { number: 2, ok: true, status: 200, answer: 'thanks' },
    ]);
    expect(delivery?.attempts[0]?.answer).toMatch(/^no: /);
    expect(delivery?.attempts[0]?.answer).not.toContain('secret');
    const ids = receiver.at(secretPath).map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([delivery?.delivery_id, delivery?.delivery_id]);
    expect(await notifying.state(channel)).toMatchObject({ state: 'working', failing_since: null });
  });

  it('are held up by no receiver that hangs: it costs one slot for its time', async () => {
    const hanging = await Receiver.start();
    hanging.answer = () => undefined;
    const stuck = await notifying.channel('stuck', { kind: 'webhook', url: hanging.url });
    await notifying.channel('quick', { kind: 'webhook', url: `${receiver.url}/quick` });
    for (let count = 0; count < 12; count += 1) await notifying.ends();
    await until(() => (receiver.at('/quick').length === 12 ? true : undefined));
    const [newest] = (await notifying.deliveries(stuck)).filter(({ attempts_made: made }) => made > 0);
    const seen =
      newest ?? (await until(async () => (await notifying.deliveries(stuck)).find((each) => each.attempts_made > 0)));
    expect(seen.attempts[0]).toMatchObject({ ok: false, status: null, message: '127.0.0.1 did not answer in time' });
    await notifying.caller.rpc.call(operations.deleteChannel, { channel_id: stuck.channel_id });
    hanging.stop();
  });

  it('are delivered when the answer is a yes whose body never ends', async () => {
    const slow = await Receiver.start();
    slow.answer = (response) => response.writeHead(200).write('slow');
    const channel = await notifying.channel('slow', { kind: 'webhook', url: slow.url });
    await notifying.ends();
    const [delivery] = await until(async () => {
      const found = await notifying.deliveries(channel);
      return found[0]?.state === 'delivered' ? found : undefined;
    });
    expect(delivery?.attempts[0]).toMatchObject({ ok: true, status: 200, answer: 'slow' });
    slow.stop();
  });

  it('follow no redirect, wherever it leads', async () => {
    receiver.answer = (response, { path }) => {
      if (path === '/redirecting') response.writeHead(307, { location: `${receiver.url}/inner` }).end();
      else response.writeHead(204).end();
    };
    const channel = await notifying.channel('redirecting', { kind: 'webhook', url: `${receiver.url}/redirecting` });
    const { channel_id } = channel;
    expect(await notifying.caller.rpc.call(operations.testChannel, { channel_id })).toMatchObject({
      ok: false,
      status: 307,
      message: 'it answered with a redirect (307), which is not followed',
    });
    expect(receiver.at('/inner')).toEqual([]);
    await notifying.caller.rpc.call(operations.deleteChannel, { channel_id });
  });

  it('end with 410: the channel is paused with words, until somebody lets it go on', async () => {
    let isGone = true;
    receiver.answer = (response) => response.writeHead(isGone ? 410 : 204).end();
    const channel = await notifying.channel('gone', { kind: 'webhook', url: `${receiver.url}/gone` });
    await notifying.ends();
    const paused = await until(async () => {
      const found = await notifying.state(channel);
      return found?.state === 'paused' ? found : undefined;
    });
    expect(paused.reason).toBe('Paused: it answered 410, so the receiver wants no more.');
    await notifying.ends();
    await until(async () => ((await notifying.state(channel))?.waiting === 1 ? true : undefined));
    isGone = false;
    const { channel_id } = channel;
    await notifying.caller.rpc.call(operations.updateChannel, { channel_id, paused: false });
    await until(() => (receiver.at('/gone').length === 2 ? true : undefined));
    await until(async () => ((await notifying.state(channel))?.state === 'working' ? true : undefined));
  });

  it('pause a channel that has failed for a day', async () => {
    receiver.answer = (response, { path }) => response.writeHead(path === '/failing' ? 503 : 204).end();
    const channel = await notifying.channel('failing', { kind: 'webhook', url: `${receiver.url}/failing` });
    await notifying.query(
      `UPDATE notifications.channels SET failing_since = now() - interval '25 hours' WHERE name = 'failing'`,
    );
    await notifying.ends();
    const found = await until(async () => {
      const state = await notifying.state(channel);
      return state?.state === 'paused' ? state : undefined;
    });
    expect(found.reason).toBe('Paused: nothing could be delivered for a day; at last it answered 503.');
  });

  it('can be sent again by hand, under the same id', async () => {
    receiver.answer = (response) => response.writeHead(204).end();
    const channel = await notifying.channel('again', { kind: 'webhook', url: `${receiver.url}/again` });
    await notifying.ends();
    const delivery = await until(async () => {
      const [found] = await notifying.deliveries(channel);
      return found?.state === 'delivered' ? found : undefined;
    });
    await notifying.caller.rpc.call(operations.resendDelivery, { delivery_id: delivery.delivery_id });
    await until(() => (receiver.at('/again').length === 2 ? true : undefined));
    const ids = receiver.at('/again').map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([delivery.delivery_id, delivery.delivery_id]);
    const unknown = { delivery_id: '00000000-0000-4000-8000-000000000000' };
    expect((await rejected(notifying.caller.rpc.call(operations.resendDelivery, unknown))).code).toBe(
      'DELIVERY_NOT_FOUND',
    );
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'RECEIVER_REFUSED', /metadata/],
    ['http://[::ffff:169.254.169.254]/', 'RECEIVER_REFUSED', /metadata/],
    ['ftp://example.org/', 'RECEIVER_REFUSED', /no URL of HTTP/],
    ['not a url', 'CHANNEL_INVALID', /url is no URL/],
  ])('never go to %s: the channel is refused before it is stored', async (url, code, message) => {
    const refusal = await rejected(notifying.channel('refused', { kind: 'webhook', url }));
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('need TLS unless somebody has said yes to a receiver without', async () => {
    const refusal = await rejected(
      notifying.channel('plain', { kind: 'webhook', url: receiver.url, allow_plaintext: false }),
    );
    expect(refusal).toMatchObject({ code: 'RECEIVER_REFUSED', message: expect.stringMatching(/allow_plaintext/) });
  });

  it('say that a name is taken, and that nothing has an id', async () => {
    const again = await rejected(notifying.channel('all', { kind: 'webhook', url: receiver.url }));
    expect(again.code).toBe('CHANNEL_NAME_TAKEN');
    const channel_id = '00000000-0000-4000-8000-000000000000';
    for (const call of [
      () => notifying.caller.rpc.call(operations.deleteChannel, { channel_id }),
      () => notifying.caller.rpc.call(operations.updateChannel, { channel_id, name: 'x' }),
      () => notifying.caller.rpc.call(operations.testChannel, { channel_id }),
    ])
      expect((await rejected(call())).code).toBe('CHANNEL_NOT_FOUND');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type ChannelData } from '@ushadow/contracts';
import { selfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { Notifying } from './testing/notifying.ts';
import { Receiver } from './testing/receiver.ts';
import { until } from './testing/until.ts';

const PASSWORD = 'the-password-of-the-mail-server';

interface Mail {
  readonly to: string[];
  readonly text: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

describe('notifications in words', () => {
  const { certificate, privateKey } = selfSigned('localhost');
  const mails: Mail[] = [];
  let folder: string;
  let notifying: Notifying;
  let receiver: Receiver;
  let withTls: SMTPServer;
  let without: SMTPServer;

  const portOf = ({ server }: SMTPServer): number => (server.address() as AddressInfo).port;
  async function mailServer(offersTls: boolean): Promise<SMTPServer> {
    const server = new SMTPServer({
      ...{ key: privateKey, cert: certificate, authOptional: true, allowInsecureAuth: true },
      ...(offersTls ? {} : { disabledCommands: ['STARTTLS'] }),
      onAuth: ({ username, password }, _session, callback) => {
        if (password === PASSWORD) callback(null, { user: username });
        else callback(new Error('wrong password'));
      },
      onRcptTo: ({ address }, _session, callback) => {
        if (address.startsWith('nobody')) callback(new Error('no such mailbox'));
        else callback();
      },
      onData: (stream, session, callback) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mails.push({ to, text, secure: session.secure, user: session.user });
          callback();
        });
      },
    });
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }
  const mail = (name: string, port: number, more: object = {}, channel: object = {}): Promise<ChannelData> =>
    notifying.channel(name, {
      kind: 'email',
      allow_plaintext: false,
      smtp: { host: 'localhost', port, from: 'ushadow@example.org', to: ['a@example.org', 'b@example.org'], ...more },
      ...channel,
    });
  const test = ({ channel_id }: ChannelData) => notifying.caller.rpc.call(operations.testChannel, { channel_id });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notifier-ca-'));
    await writeFile(join(folder, 'ca.pem'), certificate);
    [notifying, receiver, withTls, without] = await Promise.all([
      Notifying.start(import.meta.url, { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }),
      Receiver.start(),
      mailServer(true),
      mailServer(false),
    ]);
  }, 60_000);
  afterAll(async () => {
    receiver?.stop();
    withTls?.close();
    without?.close();
    await notifying?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('go to a chat as text and blocks, in which nothing mentions anybody', async () => {
    await notifying.channel('chat', { kind: 'slack', url: `${receiver.url}/services/T0/B0/secret` });
    await notifying.ends({ reason: '<!channel> & @here do not work' });
    const { body, headers } = await until(() => receiver.received[0]);
    expect(headers['webhook-signature']).toBeUndefined();
    const { text, blocks } = JSON.parse(body) as { text: string; blocks: { type: string }[] };
    expect(text).toContain('*Deployment of shop on 0123456789abcdef failed*');
    expect(text).toContain('&lt;!channel&gt; &amp; @\u200bhere');
    expect(text).toMatch(/<https:\/\/ushadow\.example\/deployments\/[0-9a-f-]+\|Open in Ushadow>/);
    expect(blocks.map(({ type }) => type)).toEqual(['section', 'section', 'context']);
  });

  it('go out as mail over TLS, with user and password, under the id of the delivery', async () => {
    const channel = await mail('mail', portOf(withTls), { username: 'robot', password: PASSWORD });
    expect(channel.smtp).toEqual({
      ...{ host: 'localhost', port: portOf(withTls), security: 'starttls', username: 'robot' },
      ...{ from: 'ushadow@example.org', to: ['a@example.org', 'b@example.org'] },
    });
    await notifying.ends();
    const got = await until(() => mails[0]);
    expect(got).toMatchObject({ to: ['a@example.org', 'b@example.org'], secure: true, user: 'robot' });
    expect(got.text).toMatch(/^Subject: \[Ushadow\] Deployment of shop on 0123456789abcdef failed/m);
    expect(got.text).toContain('There is no such image.');
    const [delivery] = await notifying.deliveries(channel);
    expect(got.text).toContain(`Message-ID: <${delivery?.delivery_id ?? ''}@ushadow>`);
  });

  it('are not sent by a server without TLS, unless somebody has said yes to it', async () => {
    const before = mails.length;
    const refused = await test(await mail('no tls', portOf(without)));
    expect(refused).toMatchObject({ ok: false, message: 'localhost offers no TLS that can be trusted' });
    expect(mails).toHaveLength(before);
    expect(await test(await mail('plain', portOf(without), {}, { allow_plaintext: true }))).toMatchObject({ ok: true });
    expect(mails.at(-1)).toMatchObject({ secure: false });
  });

  it('say what the server says of a wrong password, and never the password', async () => {
    const password = 'a-wrong-password-all-the-same';
    const refused = await test(await mail('wrong', portOf(withTls), { username: 'robot', password }));
    expect(refused).toMatchObject({
      ok: false,
      status: 535,
      message: 'localhost answered 535: it takes neither user nor password',
    });
    expect(JSON.stringify(refused)).not.toContain(password);
  });

  it('say for whom the server did not take them, where it took them for others', async () => {
    const to = ['a@example.org', 'nobody@example.org'];
    const channel = await mail('some', portOf(withTls), { to });
    expect(await test(channel)).toMatchObject({
      ok: true,
      message: 'the server took it, but not for nobody@example.org',
    });
    expect(mails.at(-1)?.to).toEqual(['a@example.org']);
  });

  it('keep a password for the same server and user alone: it is not sent elsewhere by changing a name', async () => {
    const port = portOf(withTls);
    const { channel_id } = await mail('moving', port, { username: 'robot', password: PASSWORD });
    const smtp = { host: 'localhost', port, from: 'other@example.org', to: ['c@example.org'], username: 'robot' };
    const moved = await notifying.caller.rpc.call(operations.updateChannel, { channel_id, smtp });
    expect(moved.smtp?.to).toEqual(['c@example.org']);
    const elsewhere = { ...smtp, host: '127.0.0.1' };
    await expect(
      notifying.caller.rpc.call(operations.updateChannel, { channel_id, smtp: elsewhere }),
    ).rejects.toMatchObject({ code: 'CHANNEL_INVALID', message: expect.stringMatching(/password is missing/) });
  });
});

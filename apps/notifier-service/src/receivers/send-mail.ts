import { connectionError, OutboundError, reachHost } from '@ushadow/outbound';
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { OpenChannel, Smtp } from '../channels/channel.ts';
import type { Message, Outcome } from '../deliveries/delivery.ts';
import { mailText } from './mail-text.ts';
import type { How } from './post-json.ts';
import { shownAnswer } from './shown-answer.ts';

/** To the address that was judged, with TLS under the server's name; who is written to is the server's to accept. */
export async function sendMail(
  { smtp, secrets, allowPlaintext }: OpenChannel,
  message: Message,
  { policy, timeoutMs }: How,
): Promise<Omit<Outcome, 'milliseconds'>> {
  if (smtp === null) throw new Error('a channel of mail without a server');
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new OutboundError('timeout', `${smtp.host} did not answer in time`));
  }, timeoutMs);
  let close = (): void => undefined;
  try {
    const [address = ''] = await Promise.race([reachHost(smtp, policy), late.promise]);
    const transport = createTransport(
      optionsOf(smtp, { address, password: secrets.password, allowPlaintext, timeoutMs }),
    );
    close = () => {
      transport.close();
    };
    const sent = await Promise.race([transport.sendMail(mailOf(smtp, message)), late.promise]);
    const { rejected } = sent;
    // Who got it would get it again.
    const said =
      rejected.length === 0 ? 'the server took it' : `the server took it, but not for ${rejected.join(', ')}`;
    return { ok: true, status: 250, message: said, answer: shownAnswer(sent.response, secrets) };
  } catch (error) {
    return failed(smtp.host, error, secrets);
  } finally {
    clearTimeout(timer);
    close();
  }
}

interface Way {
  readonly address: string;
  readonly password: string | undefined;
  readonly allowPlaintext: boolean;
  readonly timeoutMs: number;
}

function optionsOf(smtp: Smtp, { address, password, allowPlaintext, timeoutMs }: Way) {
  const { host, port, security, username } = smtp;
  return {
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: !allowPlaintext,
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(isIP(host) === 0 ? { servername: host } : {}) },
    ...(username === undefined ? {} : { auth: { user: username, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}

/** Under the id of the delivery, so that a second one is known for what it is. */
function mailOf({ from, to }: Smtp, { id, notification }: Message) {
  const { subject, text } = mailText(notification);
  return {
    from: { name: 'Ushadow', address: from },
    to: [...to],
    subject,
    text,
    messageId: `<${id}@ushadow>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** What nodemailer says of a failure. */
interface MailError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

function failed(host: string, error: unknown, secrets: OpenChannel['secrets']): Omit<Outcome, 'milliseconds'> {
  if (error instanceof OutboundError) return { ok: false, status: null, message: error.message, answer: null };
  const { code, responseCode, response } = error as MailError;
  if (code === 'ETLS')
    return { ok: false, status: null, message: `${host} offers no TLS that can be trusted`, answer: null };
  if (typeof responseCode === 'number') {
    const message = `${host} answered ${String(responseCode)}${code === 'EAUTH' ? ': it takes neither user nor password' : ''}`;
    return { ok: false, status: responseCode, message, answer: shownAnswer(String(response ?? ''), secrets) };
  }
  return { ok: false, status: null, message: connectionError(host, error).message, answer: null };
}

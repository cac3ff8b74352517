import { connect } from '@nats-io/transport-node';

export interface BusTap {
  /** Subject, headers and body of every message so far. */
  readonly heard: () => string;
  readonly close: () => Promise<void>;
}

/** Hears everything on a NATS account, JetStream and its bookkeeping included. */
export async function tapBus(natsUrl: string): Promise<BusTap> {
  const { host, username, password } = new URL(natsUrl);
  const connection = await connect({ servers: host, user: username, pass: password });
  const messages: string[] = [];
  connection.subscribe('>', {
    callback: (_error, message) => {
      const headers = message.headers === undefined ? '' : [...message.headers].join(' ');
      messages.push(`${message.subject} ${headers} ${message.string()}`);
    },
  });
  await connection.flush();
  return { heard: () => messages.join('\n'), close: () => connection.close() };
}

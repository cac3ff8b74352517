import { connect } from '@nats-io/transport-node';

/** Asks operations over NATS as Nest's client spells them, without a framework in the measured path. */
export async function openAsker(url) {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, ...(username ? { user: username, pass: password } : {}) });
  const ask = async (operation, data) => {
    const packet = JSON.stringify({ pattern: operation.subject, data, id: '1' });
    const message = await connection.request(operation.subject, packet, { timeout: operation.deadlineMs });
    const { response, err } = message.json();
    if (err) throw new Error(`${operation.name}: ${err.code ?? ''} ${err.message ?? JSON.stringify(err)}`);
    return response;
  };
  return { ask, close: () => connection.close() };
}

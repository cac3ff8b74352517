/**
 * Follows the audit of all services from anywhere that reaches NATS: node audit-subscriber.mjs [--name NAME] [--once]
 *
 * Each subscriber has a durable consumer of its own on the stream USHADOW_AUDIT: it goes on where it stopped, and takes
 * nothing away from others. Every entry is printed as one line, and checked to follow from the one before it in its service.
 * With AUDIT_KEYS_CLUSTER, _COMPILER, _SCANNER and _DEPLOYER, the rings `id:base64key` of the services, seals are checked too.
 * NATS_URL names the server; --once ends when there is nothing new.
 */
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';

const STREAM = 'USHADOW_AUDIT';
const { values } = parseArgs({
  options: { name: { type: 'string', default: 'example' }, once: { type: 'boolean', default: false } },
});

const url = new URL(process.env.NATS_URL ?? 'nats://127.0.0.1:4222');
const login = url.username === '' ? {} : { user: url.username, pass: url.password };
const connection = await connect({ servers: url.host, ...login });

// Making the consumer again changes nothing: it keeps its place in the stream.
await (
  await jetstreamManager(connection)
).consumers.add(STREAM, {
  durable_name: `audit-${values.name}`,
  filter_subject: 'ushadow.v1.audit.*.recorded.*',
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
});
const consumer = await jetstream(connection).consumers.get(STREAM, `audit-${values.name}`);

/** The last entry taken of each service, to see that the next one follows from it. Unknown after a start. */
const last = new Map();
for (;;) {
  const message = await consumer.next({ expires: values.once ? 1_000 : 30_000 });
  if (message === null) {
    if (values.once) break;
    continue;
  }
  take(message.json());
  // Acknowledged after it was dealt with: whoever dies in between gets it again.
  await message.ackAck();
}
await connection.drain();

function take(entry) {
  const { service, sequence, time, actor, action, target, result } = entry;
  const before = last.get(service);
  if (before !== undefined && sequence <= before.sequence) return; // delivered twice
  const state = verify(entry, before);
  last.set(service, entry);
  console.log(`${service} ${sequence} ${time} ${actor} ${action} ${target}: ${result} [${state}]`);
}

function verify(entry, before) {
  const { key_id: keyId, previous_seal: previous, seal, ...record } = entry;
  const key = keyOf(entry.service, keyId);
  if (key !== undefined) {
    const own = createHmac('sha256', key)
      .update(`${previous}\n${keyId}\n${canonical(record)}`)
      .digest('hex');
    if (own !== seal) return 'CHANGED';
  }
  if (before !== undefined && entry.sequence !== before.sequence + 1) return 'GAP';
  if (before !== undefined && previous !== before.seal) return 'NOT CHAINED';
  return key === undefined ? 'chained' : 'ok';
}

function keyOf(service, keyId) {
  const ring = process.env[`AUDIT_KEYS_${service.toUpperCase()}`] ?? '';
  const found = ring.split(',').find((key) => key.startsWith(`${keyId}:`));
  return found === undefined ? undefined : Buffer.from(found.slice(keyId.length + 1), 'base64');
}

/** JSON with sorted keys and no spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${fields.join(',')}}`;
}

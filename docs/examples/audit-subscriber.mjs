/**
 * Follows the audit trail from anywhere that reaches NATS: node audit-subscriber.mjs [--name NAME] [--once]
 *
 * Each subscriber has a durable consumer of its own on the stream USHADOW_AUDIT: it goes on where it stopped, and takes
 * nothing away from others. Every entry is printed as one line, and checked to follow from the one before it.
 * NATS_URL names the server; --once ends when there is nothing new.
 */
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createHash } from 'node:crypto';
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
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
});
const consumer = await jetstream(connection).consumers.get(STREAM, `audit-${values.name}`);

/** The last entry taken, to see that the next one follows from it. Unknown after a start. */
let last;
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
  if (last !== undefined && entry.sequence <= last.sequence) return; // delivered twice
  const state = verify(entry);
  last = entry;
  const { sequence, time, actor, action, kind, service_name, namespace, cluster_id, verdict } = entry;
  const result = verdict === null ? '' : `: ${[verdict.status, verdict.code].filter(Boolean).join(' ')}`;
  console.log(
    `${sequence} ${time} ${actor} ${action} ${kind ?? ''} ${service_name} in ${namespace} of ${cluster_id}${result} [${state}]`,
  );
}

function verify(entry) {
  const { hash, ...rest } = entry;
  const own = createHash('sha256').update(entry.previous_hash).update(canonical(rest)).digest('hex');
  if (own !== hash) return 'CHANGED';
  if (last !== undefined && entry.sequence === last.sequence + 1 && entry.previous_hash !== last.hash)
    return 'NOT CHAINED';
  return last !== undefined && entry.sequence !== last.sequence + 1 ? 'GAP' : 'ok';
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

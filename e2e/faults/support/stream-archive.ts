import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { BusConnection } from '@ushadow/messaging';

export interface StoredMessage {
  /** Of an audit entry. */
  readonly auditId: string | undefined;
  /** Subject, headers and body. */
  readonly text: string;
}

interface Kept {
  /** When the stream was made: one whose server has lost it begins anew. */
  readonly made: string;
  read: number;
  readonly messages: StoredMessage[];
}

/** What JetStream streams hold and have held; a stored message never changes, so each is fetched once. */
export class StreamArchive {
  readonly #bus: BusConnection;
  readonly #streams = new Map<string, Kept>();

  constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  /** Every message of a stream that was there at one of the calls; none when there is no such stream. */
  async read(stream: string): Promise<readonly StoredMessage[]> {
    const manager = await this.#bus.jetStreamManager();
    const info = await manager.streams.info(stream).catch(noSuchStream);
    if (info === undefined) return [];
    const { created, state } = info;
    const known = this.#streams.get(stream);
    const kept = known?.made === created ? known : { made: created, read: 0, messages: [] };
    this.#streams.set(stream, kept);
    for (let seq = Math.max(state.first_seq, kept.read + 1); seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(stream, { seq });
      kept.read = seq;
      if (message == null) continue; // taken from the work queue meanwhile
      const headers = message.header.keys().map((key) => `${key}: ${message.header.get(key)}`);
      const text = [message.subject, ...headers, Buffer.from(message.data).toString('utf8')].join('\n');
      kept.messages.push({ auditId: (message.json() as { audit_id?: string }).audit_id, text });
    }
    return kept.messages;
  }
}

/** Any other failure must not pass for an empty stream: nothing would be checked. */
function noSuchStream(error: unknown): undefined {
  const isKnown = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
  if (!isKnown) throw error;
}

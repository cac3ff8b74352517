import {
  auditEvents,
  DomainError,
  eventSubject,
  streams,
  type AuditAnchorData,
  type AuditEntryData,
  type DataOf,
  type EventDefinition,
  type ServiceName,
} from '@ushadow/contracts';
import type { StoredMsg } from '@nats-io/jetstream';
import type { ChainHead, Witness } from '@ushadow/postgres';
import type { BusConnection } from '../bus-connection.ts';
import type { EventBus } from '../event-bus.ts';

/** An anchor with its number in the stream; nobody can put another in between unseen. */
interface KeptAnchor extends AuditAnchorData {
  readonly at: number;
}

/** The server's code for "wrong last sequence": the subject has another last message than was expected. */
const ANOTHER_LAST = 10_071;

/** What the stream `USHADOW_AUDIT` has of one service's trail. It is beyond the reach of whoever has the database. */
export class AuditStream implements Witness {
  private readonly connection: BusConnection;
  private readonly bus: EventBus;
  private readonly events: ReturnType<typeof auditEvents>;

  constructor(connection: BusConnection, bus: EventBus, service: ServiceName) {
    this.connection = connection;
    this.bus = bus;
    this.events = auditEvents(service);
  }

  /** Publishes an entry, once for each number. False when the stream has another one under it. */
  async record(entry: AuditEntryData): Promise<boolean> {
    const key = String(entry.sequence);
    try {
      await this.bus.store(this.events.recorded, entry, { key, messageId: entry.audit_id, expectLast: 0 });
      return true;
    } catch (error) {
      if (!isAnotherLast(error)) throw error;
      return (await this.recorded(entry.sequence))?.seal === entry.seal;
    }
  }

  async recorded(sequence: number): Promise<ChainHead | undefined> {
    return (await this.last(this.events.recorded, String(sequence)))?.data;
  }

  async anchor(): Promise<KeptAnchor | undefined> {
    const found = await this.last(this.events.anchored);
    return found === undefined ? undefined : { ...found.data, at: found.at };
  }

  /** False when somebody else has published a newer one since `before` was read. */
  async setAnchor(anchor: AuditAnchorData, before: KeptAnchor | undefined): Promise<boolean> {
    const messageId = `${anchor.seal} ${anchor.time}`;
    try {
      await this.bus.store(this.events.anchored, anchor, { messageId, expectLast: before?.at ?? 0 });
      return true;
    } catch (error) {
      if (!isAnotherLast(error)) throw error;
      return false;
    }
  }

  private async last<E extends EventDefinition>(
    event: E,
    key?: string,
  ): Promise<{ readonly data: DataOf<E>; readonly at: number } | undefined> {
    const message = await this.ask(eventSubject(event, key));
    return message === null ? undefined : { data: event.data.parse(message.json()) as DataOf<E>, at: message.seq };
  }

  private async ask(subject: string): Promise<StoredMsg | null> {
    try {
      const manager = await this.connection.jetStreamManager();
      return await manager.direct.getMessage(streams.audit.name, { last_by_subj: subject });
    } catch (error) {
      throw away(error);
    }
  }
}

function away(cause: unknown): DomainError {
  const message = `The stream ${streams.audit.name} does not answer.`;
  return new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message, { cause });
}

function isAnotherLast(error: unknown): boolean {
  return (error as { code?: unknown }).code === ANOTHER_LAST;
}

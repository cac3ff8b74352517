import type { DeploymentData, ErrorEnvelope, FollowPorts, ProgressEventData } from '@ushadow/contracts';
import { FollowMany } from './follow-many.ts';
import { GONE_MS, type Connection, type BrokerMessage, type WatcherMessage } from './messages.ts';

interface Watched {
  readonly events: ProgressEventData[];
  ended: DeploymentData | null;
  refused: ErrorEnvelope | null;
}

interface Watcher {
  readonly deployment: string;
  lastSeenAt: number;
}

/** A message without its address. */
type Content<M = BrokerMessage> = M extends unknown ? Omit<M, 'to'> : never;

/** Holds the one connection of a browser, and sends every watcher in its tabs what comes for it. */
export class Broker {
  private readonly send: (message: BrokerMessage) => void;
  private readonly follow: FollowMany;
  private readonly watchers = new Map<string, Watcher>();
  private readonly watched = new Map<string, Watched>();
  private connection: Connection = 'connecting';

  constructor(send: (message: BrokerMessage) => void, ports: FollowPorts) {
    this.send = send;
    this.follow = new FollowMany(
      {
        onOpen: () => {
          this.connect('live');
        },
        onLost: () => {
          this.connect('lost');
        },
        onProgress: (events) => {
          for (const [id, own] of Map.groupBy(events, ({ deployment_id }) => deployment_id)) this.progress(id, own);
        },
        onEnd: (deployment) => {
          const found = this.watched.get(deployment.deployment_id);
          if (found !== undefined) found.ended = deployment;
          this.publish(deployment.deployment_id, { kind: 'end', deployment });
        },
        onRefused: (id, error) => {
          const found = this.watched.get(id);
          if (found !== undefined) found.refused = error;
          this.publish(id, { kind: 'refused', error });
        },
      },
      ports,
    );
  }

  /** `now`: milliseconds of any clock that goes on. */
  receive(message: WatcherMessage, now: number): void {
    if (message.kind === 'watch') this.watch(message, now);
    if (message.kind === 'leave') this.remove(message.from);
    const watcher = this.watchers.get(message.from);
    if (watcher !== undefined) watcher.lastSeenAt = now;
    else if (message.kind === 'here') this.send({ to: message.from, kind: 'forgotten' });
  }

  /** Removes watchers that have been silent for long: their tab is closed. */
  removeSilent(now: number): void {
    for (const [from, { lastSeenAt }] of this.watchers) if (now - lastSeenAt > GONE_MS) this.remove(from);
  }

  private watch({ from, deployment, after }: WatcherMessage & { kind: 'watch' }, now: number): void {
    this.watchers.set(from, { deployment, lastSeenAt: now });
    const known = this.watched.get(deployment);
    if (known === undefined) {
      this.watched.set(deployment, { events: [], ended: null, refused: null });
      this.follow.watch(deployment);
      return;
    }
    this.send({ to: from, kind: 'connection', connection: this.connection });
    const missed = known.events.filter(({ sequence }) => sequence > after);
    if (missed.length > 0) this.send({ to: from, kind: 'events', events: missed });
    if (known.ended !== null) this.send({ to: from, kind: 'end', deployment: known.ended });
    if (known.refused !== null) this.send({ to: from, kind: 'refused', error: known.refused });
  }

  private remove(from: string): void {
    const gone = this.watchers.get(from);
    this.watchers.delete(from);
    if (gone === undefined || this.watchersOf(gone.deployment).length > 0) return;
    this.watched.delete(gone.deployment);
    this.follow.unwatch(gone.deployment);
  }

  private connect(connection: Connection): void {
    this.connection = connection;
    for (const to of this.watchers.keys()) this.send({ to, kind: 'connection', connection });
  }

  private progress(deployment: string, events: readonly ProgressEventData[]): void {
    this.watched.get(deployment)?.events.push(...events);
    this.publish(deployment, { kind: 'events', events });
  }

  private publish(deployment: string, content: Content): void {
    for (const to of this.watchersOf(deployment)) this.send({ to, ...content });
  }

  private watchersOf(deployment: string): string[] {
    return [...this.watchers].filter(([, watcher]) => watcher.deployment === deployment).map(([from]) => from);
  }
}

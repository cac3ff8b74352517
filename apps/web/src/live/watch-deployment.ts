import { DomainError, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
import { HERE_MS, type Connection, type BrokerMessage } from './messages.ts';
import { openLink, type Link } from './open-link.ts';

export interface DeploymentWatcher {
  /** Those that came together; each once and in order. */
  readonly onEvents: (events: readonly ProgressEventData[]) => void;
  readonly onConnection: (connection: Connection) => void;
  /** After the verdict; nothing follows. */
  readonly onEnd: (deployment: DeploymentData) => void;
  readonly onRefused: (error: DomainError) => void;
}

interface Watch extends DeploymentWatcher {
  readonly deployment: string;
  lastSequence: number;
}

const watches = new Map<string, Watch>();
let link: Link | undefined;

/** Follows a deployment from its first event to the verdict, over the connection that all tabs share. Returns what stops it. */
export function watchDeployment(deployment: string, watcher: DeploymentWatcher): () => void {
  const from = crypto.getRandomValues(new Uint32Array(4)).join('-');
  watches.set(from, { ...watcher, deployment, lastSequence: 0 });
  opened();
  say(from);
  return () => {
    watches.delete(from);
    link?.post({ kind: 'leave', from });
  };
}

function opened(): void {
  if (link !== undefined) return;
  const sayAll = () => {
    for (const from of watches.keys()) say(from);
  };
  link = openLink({ onMessage: take, onHello: sayAll });
  setInterval(() => {
    for (const from of watches.keys()) link?.post({ kind: 'here', from });
  }, HERE_MS);
  window.addEventListener('pagehide', () => {
    for (const from of watches.keys()) link?.post({ kind: 'leave', from });
  });
  // A page that comes back from the browser's cache has said that it left.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) sayAll();
  });
}

function say(from: string): void {
  const watch = watches.get(from);
  if (watch === undefined) return;
  link?.post({ kind: 'watch', from, deployment: watch.deployment, after: watch.lastSequence });
}

function take(message: BrokerMessage): void {
  const watch = watches.get(message.to);
  if (watch === undefined) return;
  if (message.kind === 'events') {
    const fresh = message.events.filter(({ sequence }) => sequence > watch.lastSequence);
    watch.lastSequence = fresh.at(-1)?.sequence ?? watch.lastSequence;
    if (fresh.length > 0) watch.onEvents(fresh);
  }
  if (message.kind === 'forgotten') say(message.to);
  if (message.kind === 'connection') watch.onConnection(message.connection);
  if (message.kind === 'end') watch.onEnd(message.deployment);
  if (message.kind === 'refused') watch.onRefused(DomainError.fromEnvelope(message.error));
}

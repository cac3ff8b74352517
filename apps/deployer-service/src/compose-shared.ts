import {
  AuditAnchor,
  AuditStream,
  OwnTrail,
  type BusConnection,
  type BusOptions,
  type EventBus,
  type RpcCaller,
} from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import type { Redactor } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { Trails } from './audit/trails.ts';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import type { DeployerConfig } from './config.ts';
import { DeadLetterStore } from './dead-letters/dead-letter.store.ts';
import { DeploymentStore } from './deployments/deployment.store.ts';
import { DesiredStateCipher } from './deployments/desired-state.ts';
import { ProgressStore } from './deployments/progress.store.ts';
import { composeRelay } from './outbox/compose-relay.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { PlanStore } from './plans/plan.store.ts';
import { StackContents } from './stacks/stack-contents.ts';
import { StackStore } from './stacks/stack.store.ts';
import { InstallationStore } from './store/installation.store.ts';
import type { Database } from './store/database.store.ts';

export interface Resources {
  readonly config: DeployerConfig;
  readonly bus: BusOptions;
  readonly database: Database;
  readonly trail: AuditTrail;
  readonly logger: Logger;
  readonly redactor: Redactor;
}

export interface Bus {
  readonly connection: BusConnection;
  readonly events: EventBus;
  readonly caller: RpcCaller;
}

/** What requests and workers share. */
export function composeShared({ config, database, trail, logger, redactor }: Resources, bus: Bus) {
  const outbox = new OutboxStore(database);
  // This process; new at each start.
  const owner = randomUUID();
  const { connection, events, caller } = bus;
  const cipher = new DesiredStateCipher(config.USHADOW_KEYS);
  const deployments = new DeploymentStore(database);
  const stream = new AuditStream(connection, events, trail.service);
  const anchor = new AuditAnchor({ trail, stream, isOpen: () => connection.isConnected(), logger });
  return {
    outbox,
    redact: (text: string) => redactor.text(text),
    cipher,
    deployments,
    stacks: new StackStore(database),
    contents: new StackContents(deployments, cipher),
    installation: new InstallationStore(database),
    progress: new ProgressStore(database),
    plans: new PlanStore(database),
    anchor,
    trails: new Trails(new OwnTrail(trail, stream, logger), caller),
    letters: new DeadLetterStore(database),
    owner,
    clusters: new ClusterConnections({ caller, redactor, userAgent: `ushadow-deployer/${owner}` }),
    relay: composeRelay({ database, bus: events, connection, logger, trail, stream, anchor }),
  };
}

export type Shared = ReturnType<typeof composeShared>;

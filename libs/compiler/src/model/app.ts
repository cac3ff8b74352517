import type { HealthCheck } from './health.ts';
import type { Lifecycle, Process, Restart } from './process.ts';
import type { Dependency, Listener, NetworkMembership } from './reach.ts';
import type { Placement, ResourceNeeds, Rollout } from './scheduling.ts';
import type { Security } from './security.ts';
import type { FileGrant, FileSource, Mount, Volume } from './storage.ts';

/** The project as an application: what runs, what it needs, who talks to whom. The target platform is not mentioned. */
export interface App {
  readonly name: string;
  /** In alphabetical order. */
  readonly services: readonly AppService[];
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly networks: Readonly<Record<string, Network>>;
  readonly configs: Readonly<Record<string, FileSource>>;
  readonly secrets: Readonly<Record<string, FileSource>>;
}

export interface Network {
  readonly name: string;
  readonly internal: boolean;
  readonly external: boolean;
  readonly dualStack: boolean;
  readonly path: string;
}

/** One Compose service. `path` names where in the file it stands, for messages and the source map. */
export interface AppService {
  readonly name: string;
  readonly path: string;
  readonly image: Image;
  readonly process: Process;
  readonly restart: Restart;
  readonly lifecycle: Lifecycle;
  readonly environment: readonly Variable[];
  readonly listeners: readonly Listener[];
  readonly dependencies: readonly Dependency[];
  readonly membership: NetworkMembership;
  readonly mounts: readonly Mount[];
  readonly grants: readonly FileGrant[];
  readonly health: HealthCheck | undefined;
  readonly resources: ResourceNeeds;
  readonly placement: Placement;
  readonly rollout: Rollout;
  readonly security: Security;
  readonly labels: Readonly<Record<string, string>>;
  readonly deployLabels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Image {
  /** As written; absent when the service is only built. */
  readonly reference: string | undefined;
  readonly built: boolean;
  /** How the project builds it. */
  readonly build: Build | undefined;
  readonly pull: 'always' | 'if-absent' | 'never' | undefined;
  readonly os: string | undefined;
  readonly architecture: string | undefined;
  /** Compose builds it each time, and takes it from no registry. */
  readonly alwaysBuilt: boolean;
}

export interface Build {
  /** Absolute path. */
  readonly dockerfile: string;
  readonly inline: string | undefined;
  /** The stage that is wanted; undefined: the last one. */
  readonly target: string | undefined;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  /** A decision of the user or of the settings; undefined leaves it to the detector. */
  readonly secret: boolean | undefined;
  readonly path: string;
}

import type { BusUser, NatsUser } from '@ushadow/contracts';
import type { SealKeys } from '@ushadow/secrets';

/** Who a process is on the bus. Replicas of a service share it. */
export interface BusIdentity {
  readonly user: BusUser;
  /** Seed of the key its user is known by. */
  readonly nkeySeed: string;
  /** What is sealed for this service is opened with these. */
  readonly sealKeys: SealKeys;
  readonly services: ServiceKeys;
}

/** The public keys that things are sealed to. Nobody else's key is taken, whatever a message says. */
export type ServiceKeys = Readonly<Record<BusUser, string>>;

export interface BusTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

export interface BusOptions {
  /** NATS server, or several with commas between them. */
  readonly url: string;
  readonly identity: BusIdentity;
  readonly tls?: BusTls;
}

/** What makes the streams needs a user and no more: nothing is sealed for it. */
export interface InstallerOptions extends Pick<BusOptions, 'url' | 'tls'> {
  readonly user: NatsUser;
  readonly nkeySeed: string;
}

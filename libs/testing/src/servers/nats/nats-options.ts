import type { NatsUser } from '@ushadow/contracts';

export type NatsOptions = {
  /** Holds the configuration and JetStream's store; made when missing. */
  readonly directory: string;
  /** Any free port by default. */
  readonly port?: number;
  /** Accounts that share nothing, each with JetStream. */
  readonly accounts?: readonly NatsAccount[];
  /** Public keys of the users of a server without accounts; with neither, the server is open. */
  readonly nkeys?: Readonly<Record<NatsUser, string>>;
  readonly tls?: NatsTls;
  readonly logFile?: string;
};
/** An account with the services' users, and one of its own name that may do anything in it. */
export type NatsAccount = {
  readonly name: string;
  readonly password: string;
  /** Public keys of the services' users. */
  readonly nkeys: Readonly<Record<NatsUser, string>>;
};
/** Files of a server that asks for client certificates. */
export type NatsTls = { readonly caFile: string; readonly certFile: string; readonly keyFile: string };
/** A NATS server with JetStream. A server that was given to us is left running by `stop`. */
export type NatsServer = {
  readonly url: string;
  readonly source: 'environment' | 'path' | 'cache' | 'built' | 'container';
  readonly stop: () => Promise<void>;
};
/** A URL without the user in it: a service comes as itself. */
export function withoutUser(url: string): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href.replace(/\/$/, '');
}

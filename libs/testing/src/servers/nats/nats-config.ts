import { MAX_PAYLOAD_BYTES, natsUserConfigs, natsUsers, type NatsUser, type NatsUserConfig } from '@ushadow/contracts';
import type { NatsTls } from './nats-options.ts';
import type { NatsAccount } from './nats-options.ts';

/** Where the server listens and stores; the addresses inside a container differ from those outside. */
export type NatsConfig = {
  readonly host: string;
  readonly port: number;
  readonly storeDirectory: string;
  readonly accounts: readonly NatsAccount[];
  /** Public keys of the users of a server without accounts. */
  readonly nkeys?: Readonly<Record<NatsUser, string>>;
  readonly tls?: NatsTls;
};

/** A client on a busy machine may take longer than the usual two seconds, and does not notice that it was let go. */
const SIGN_IN_SECONDS = 30;

/** The text of a nats-server configuration file: JSON, which its language includes, but for the references to rights. */
export function natsConfig({ host, port, storeDirectory, accounts, nkeys, tls }: NatsConfig): string {
  const rights = natsUserConfigs((user) => user);
  const config = {
    ...(accounts.length > 0 ? Object.fromEntries(rights.map((each) => [rightsOf(each), each.permissions])) : {}),
    host,
    port,
    max_payload: MAX_PAYLOAD_BYTES,
    // What streams may grow to is reserved, though never used, for each of hundreds of accounts.
    jetstream: { store_dir: storeDirectory, max_memory_store: 256 * 1024 * 1024, max_file_store: 1024 ** 4 },
    authorization: {
      timeout: SIGN_IN_SECONDS,
      ...(nkeys === undefined ? {} : { users: natsUserConfigs((user) => nkeys[user]) }),
    },
    ...(accounts.length > 0
      ? { accounts: Object.fromEntries(accounts.map((each) => [each.name, account(each)])) }
      : {}),
    ...(tls === undefined
      ? {}
      : { tls: { cert_file: tls.certFile, key_file: tls.keyFile, ca_file: tls.caFile, verify: true } }),
  };
  return JSON.stringify(config, undefined, 2).replaceAll(/"(\$rights_[a-z]+)"/g, '$1');
}

/** The services’ users, and one that may do anything: whoever looks in from outside. */
function account({ name, password, nkeys }: NatsAccount): unknown {
  const users = natsUsers.map((user) => ({ nkey: nkeys[user], permissions: `$rights_${user}` }));
  return { jetstream: 'enabled', users: [{ user: name, password }, ...users] };
}

/** Where the rights of a user stand once for all accounts. */
function rightsOf({ nkey: user }: NatsUserConfig): string {
  return `rights_${user}`;
}

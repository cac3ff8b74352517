import type { NatsAccount } from './nats-server.ts';

/** Where the server listens and stores; the addresses inside a container differ from those outside. */
export type NatsConfig = {
  readonly host: string;
  readonly port: number;
  readonly storeDirectory: string;
  readonly accounts: readonly NatsAccount[];
};

/** Room for an uploaded project in base64; the server's own default is 1 MiB. */
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

/** The text of a nats-server configuration file. JSON is a subset of its language. */
export function natsConfig({ host, port, storeDirectory, accounts }: NatsConfig): string {
  const named = accounts.map(({ name, password }) => [
    name,
    { jetstream: 'enabled', users: [{ user: name, password }] },
  ]);
  return JSON.stringify(
    {
      host,
      port,
      max_payload: MAX_PAYLOAD_BYTES,
      jetstream: { store_dir: storeDirectory, max_memory_store: 256 * 1024 * 1024, max_file_store: 4 * 1024 ** 3 },
      ...(named.length > 0 ? { accounts: Object.fromEntries(named) } : {}),
    },
    undefined,
    2,
  );
}

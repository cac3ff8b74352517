import { natsPermissions, natsUsers, type NatsUser } from './nats-permissions.ts';

/** A user as a nats-server's configuration has it. */
export interface NatsUserConfig {
  readonly nkey: string;
  readonly permissions: {
    readonly publish: { readonly allow: readonly string[] };
    readonly subscribe: { readonly allow: readonly string[] };
    readonly allow_responses?: { readonly max: number; readonly expires: string };
  };
}

/** Every user with its rights; `nkeyOf` gives the public key of each. */
export function natsUserConfigs(nkeyOf: (user: NatsUser) => string): readonly NatsUserConfig[] {
  return natsUsers.map((user) => {
    const { publish, subscribe, responses } = natsPermissions(user);
    return {
      nkey: nkeyOf(user),
      permissions: {
        publish: { allow: publish },
        subscribe: { allow: subscribe },
        ...(responses === undefined
          ? {}
          : { allow_responses: { max: responses.max, expires: `${String(responses.seconds)}s` } }),
      },
    };
  });
}

/** Name of the environment variable from which the reference configuration takes a user's public key. */
export function nkeyVariable(user: NatsUser): string {
  return `USHADOW_NKEY_${user.toUpperCase()}`;
}

/** An uploaded project in base64, sealed and in base64 again; the server's own default is 1 MiB. */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

/** The configuration of a server of its own, whose users' public keys stand in the environment. JSON, but for those. */
export function natsReference(): string {
  const config = {
    max_payload: MAX_PAYLOAD_BYTES,
    jetstream: { store_dir: '/data' },
    authorization: { users: natsUserConfigs((user) => `$${nkeyVariable(user)}`) },
  };
  const text = JSON.stringify(config, undefined, 2).replaceAll(/"(\$USHADOW_NKEY_[A-Z]+)"/g, '$1');
  return `# Made from the contracts by \`npm run generate\`: what is not declared there is refused here.\n${text.slice(2, -2).replaceAll(/^ {2}/gm, '')}\n`;
}

import type { NatsUser } from '@ushadow/contracts';
import type { ServerContext } from '../context.ts';
import { firstProvider } from '../first-provider.ts';
import type { Provider } from '../first-provider.ts';
import { builtProvider, installedProviders, programRemedy } from '../programs/find-program.ts';
import type { FoundProgram } from '../programs/find-program.ts';
import { startContainerNats } from './container-nats.ts';
import { startLocalNats } from './local-nats.ts';

export type NatsOptions = {
  /** Holds the configuration and JetStream's store; made when missing. */
  readonly directory: string;
  /** Any free port unless told. */
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

/** `NATS_URL`, else a program named by the environment, on PATH or in the cache, else a container, else built by Go. */
export async function startNats(context: ServerContext, options: NatsOptions): Promise<NatsServer> {
  const started = (provider: Provider<FoundProgram>): Provider<NatsServer> => ({
    name: provider.name,
    find: async () => {
      const program = await provider.find();
      return program && startLocalNats(program, options);
    },
  });
  return firstProvider<NatsServer>(
    'NATS server',
    [
      { name: 'NATS_URL', find: async () => given(context.env['NATS_URL']) },
      ...installedProviders('nats-server', context).map(started),
      { name: 'a container engine', find: () => startContainerNats(options) },
      started(builtProvider('nats-server', context)),
    ],
    `${programRemedy('nats-server')} Or start Docker, or set NATS_URL.`,
  );
}

function given(url: string | undefined): NatsServer | undefined {
  return url ? { url, source: 'environment', stop: async () => undefined } : undefined;
}

import type { ServerContext } from '../context.ts';
import { firstProvider } from '../first-provider.ts';
import type { Provider } from '../first-provider.ts';
import { builtProvider, installedProviders, programRemedy } from '../programs/find-program.ts';
import type { FoundProgram } from '../programs/find-program.ts';
import { startContainerNats } from './container-nats.ts';
import { startLocalNats } from './local-nats.ts';
import type { NatsOptions, NatsServer } from './nats-options.ts';

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

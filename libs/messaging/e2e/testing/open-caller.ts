import { BusConnection, EventBus, RpcCaller } from '../../src/index.ts';
import { busOf } from '@ushadow/testing';

export interface Caller {
  readonly rpc: RpcCaller;
  /** For what the gateway may not ask. */
  readonly asDeployer: RpcCaller;
  readonly events: EventBus;
  readonly close: () => Promise<void>;
}

/** Speaks to services as the gateway and the deployer would: through their contracts, over NATS. */
export async function openCaller(natsUrl: string): Promise<Caller> {
  const [gateway, deployer] = (['gateway', 'deployer'] as const).map(
    (user) => new BusConnection(busOf(natsUrl, user, { asAdmin: true })),
  ) as [BusConnection, BusConnection];
  for (const connection of [gateway, deployer]) connection.onApplicationBootstrap();
  await Promise.all([gateway.opened(), deployer.opened()]);
  return {
    rpc: new RpcCaller(gateway),
    asDeployer: new RpcCaller(deployer),
    events: new EventBus(gateway),
    close: async () => {
      await Promise.all([gateway.onApplicationShutdown(), deployer.onApplicationShutdown()]);
    },
  };
}

import {
  Controller,
  Module,
  type DynamicModule,
  type INestMicroservice,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operations, type OutputOf } from '@ushadow/contracts';
import { BusConnection, Handle, RpcCaller } from '@ushadow/messaging';
import { busOf } from '@ushadow/testing';
import { AuditOutboxModule, runService, ServiceModule, type StartedService } from '../src/index.ts';
import { exitCode } from './testing/ended-process.ts';
import { SmallDatabase, smallService, type SmallConfig, type SmallService } from './testing/small-service.ts';

const { listScannerTrail: operation } = operations;

@Controller()
class Answers implements OnApplicationShutdown {
  constructor(private readonly database: SmallDatabase) {}

  @Handle(operation)
  async list(): Promise<OutputOf<typeof operation>> {
    await this.database.check();
    return { entries: [] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.check();
    happened.push('closed, with the database open');
  }
}

@Module({ controllers: [Answers] })
class SmallModule {
  static forRoot(service: StartedService<SmallConfig, SmallDatabase>): DynamicModule {
    return { module: SmallModule, imports: [ServiceModule.forRoot(service, SmallDatabase), AuditOutboxModule] };
  }
}

let happened: string[] = [];
let small: SmallService;
let service: StartedService<SmallConfig, SmallDatabase>;
let caller: BusConnection;
beforeEach(async () => {
  happened = [];
  small = await smallService(import.meta.url);
  service = await small.start();
  caller = new BusConnection(busOf(small.natsUrl, 'deployer'));
  caller.onApplicationBootstrap();
  await caller.opened();
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const signal of ['SIGTERM', 'SIGINT']) process.removeAllListeners(signal);
  service.health.close();
  await caller.onApplicationShutdown();
  await small.remove();
});

const ask = () => new RpcCaller(caller).call(operation, {}, { requestId: 'r', actor: 'test' });
const readiness = async () => (await service.health.answer('/readyz'))[1];

describe('a service that runs', () => {
  it('answers nobody while it starts, and whoever asks once it says that it is ready', async () => {
    const ended = exitCode();
    await runService(service, SmallModule.forRoot(service), {
      onStarting: async () => {
        expect(await readiness()).toMatchObject({ ready: false, checks: { process: 'starting' } });
        await expect(ask()).rejects.toMatchObject({ kind: 'unavailable' });
      },
    });
    expect(await readiness()).toEqual({ ready: true, checks: { database: 'ok', nats: 'ok' } });
    expect(await ask()).toEqual({ entries: [] });
    process.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toBe(0);
  });

  it('ends in order on a signal: is ready no more, lets go, closes, and its database last', async () => {
    const ended = exitCode();
    await runService(service, SmallModule.forRoot(service), {
      onEnding: () => {
        happened.push('lets go');
        void readiness().then((answer) => happened.push(JSON.stringify(answer)));
      },
    });
    process.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toBe(0);
    expect(happened).toEqual([
      'lets go',
      '{"ready":false,"checks":{"process":"ending"}}',
      'closed, with the database open',
    ]);
    await expect(service.database.check()).rejects.toThrow();
    await expect(ask()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('never serves when it is told to end while it starts', async () => {
    const ended = exitCode();
    await runService(service, SmallModule.forRoot(service), {
      onStarting: () => {
        process.emit('SIGINT', 'SIGINT');
        return Promise.resolve();
      },
    });
    expect(await ended).toBe(0);
    expect(await readiness()).toMatchObject({ ready: false, checks: { process: 'ending' } });
    await expect(ask()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('ends at once with 1 on a second signal, and with 1 when it cannot end in order', async () => {
    const ended = exitCode();
    let app: INestMicroservice | undefined;
    await runService(service, SmallModule.forRoot(service), {
      onEnding: (running) => {
        app = running;
        throw new Error('cannot let go');
      },
    });
    process.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toBe(1);
    const again = exitCode();
    process.emit('SIGTERM', 'SIGTERM');
    expect(await again).toBe(1);
    await app?.close();
  });
});

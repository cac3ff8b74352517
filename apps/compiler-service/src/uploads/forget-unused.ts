import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KNOWN_PROJECTS_MAX, operations } from '@ushadow/contracts';
import { toDomainError, BusConnection, RpcCaller } from '@ushadow/messaging';
import { withRequestContext, type Logger } from '@ushadow/observability';
import { LOGGER } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import { UnusedUploadStore, type AskedUses } from './unused-uploads.store.ts';

const HOUR_MS = 3_600_000;

/**
 * Once an hour: deletes what was uploaded and is used by nothing. Only deployer-service knows what is made of a project;
 * while it does not say, everything stays.
 */
@Injectable()
export class ForgetUnused implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: UnusedUploadStore,
    private readonly caller: RpcCaller,
    private readonly connection: BusConnection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const begin = (): void => {
      // What goes by the rule goes in nobody's name.
      const context = { requestId: randomUUID(), actor: 'system' };
      this.running ??= withRequestContext(context, () => this.run()).finally(() => {
        this.running = undefined;
      });
    };
    void this.connection.opened().then(begin);
    this.timer = setInterval(begin, HOUR_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { store, logger } = this;
    try {
      const onFailure = (chore: string, error: unknown) => logger.warn({ chore, err: error }, 'maintenance failed');
      const gone = await store.forget(await this.ask(), { onFailure });
      if (gone > 0) logger.info({ gone }, 'uploads that nothing was made of are gone');
    } catch (error) {
      logger.warn({ code: toDomainError(error).code }, 'it is not known which uploads are used: all of them stay');
    }
  }

  private async ask(): Promise<AskedUses> {
    const { store, caller } = this;
    const asked = await store.names();
    const known: string[] = [];
    for (let at = 0; at < asked.length; at += KNOWN_PROJECTS_MAX) {
      const projects = asked.slice(at, at + KNOWN_PROJECTS_MAX);
      known.push(...(await caller.call(operations.knownProjects, { projects })).known);
    }
    return { asked, known };
  }
}

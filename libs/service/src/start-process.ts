import type { BusUser } from '@ushadow/contracts';
import { busOptions, type BusOptions, type busSettings } from '@ushadow/messaging';
import {
  createLogger,
  loadConfig,
  startHealthServer,
  type HealthServer,
  type Logger,
  type ServiceConfig,
} from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import type { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of every process that is on the bus. */
export type ProcessConfig = ServiceConfig & z.output<typeof busSettings>;

/** A process before it has a database, or asks anything of the bus. */
export interface StartedProcess<Config> {
  /** `cluster-service`, in its logs and as its queue group. */
  readonly name: string;
  readonly config: Config;
  readonly bus: BusOptions;
  /** Masks what is known to be secret; its logs pass through it. */
  readonly redactor: Redactor;
  readonly logger: Logger;
  readonly health: HealthServer;
}

/** Reads the settings, and logs and reports health from the first moment. A setting that does not fit ends the process. */
export async function startProcess<Config extends ProcessConfig>(
  name: string,
  user: BusUser,
  settings: z.ZodType<Config>,
  environment: Environment,
): Promise<StartedProcess<Config>> {
  const config = loadConfig(settings, environment);
  const bus = busOptions(config, user);
  const redactor = new Redactor();
  const logger = createLogger({ service: name, level: config.LOG_LEVEL, redact: (line) => redactor.text(line) });
  const health = await startHealthServer(config);
  return { name, config, bus, redactor, logger, health };
}

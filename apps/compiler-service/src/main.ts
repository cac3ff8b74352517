import 'reflect-metadata';
import { runService } from '@ushadow/messaging';
import { createLogger, loadConfig } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { AppModule } from './app.module.ts';
import { Catalog } from './catalog/catalog.ts';
import { compilerConfig } from './config.ts';

const config = loadConfig(compilerConfig, process.env);
const redactor = new Redactor();
const logger = createLogger({
  service: 'compiler-service',
  level: config.LOG_LEVEL,
  redact: (line) => redactor.text(line),
});
const catalog = new Catalog(config.COMPOSE_DIR, config.HOST_PATHS);
await catalog.watch();
await runService({
  name: 'compiler-service',
  natsUrl: config.NATS_URL,
  healthPort: config.HEALTH_PORT,
  logger,
  module: AppModule.forRoot(config, catalog),
  checks: {},
  onClosed: () => catalog.close(),
});

import 'reflect-metadata';
import type { Server } from 'node:http';
import { BusConnection, busOptions, endOnSignal } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { createGateway } from './create-gateway.ts';
import { gatewayConfig } from './config.ts';

const KEEP_ALIVE_MS = 75_000;

const config = loadConfig(gatewayConfig, process.env);
const bus = busOptions(config, 'gateway');
const redactor = new Redactor();
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL, redact: (line) => redactor.text(line) });
const app = await createGateway(config, bus, logger);
const health = await startHealthServer(config.HEALTH_PORT, '127.0.0.1', { nats: () => app.get(BusConnection).check() });
endOnSignal(logger, async () => {
  health?.close();
  await app.close();
});
await app.listen(config.PORT, config.HOST);
// Longer than any client keeps one: whoever ends an idle connection second cannot be sent a request on it.
(app.getHttpServer() as Server).keepAliveTimeout = KEEP_ALIVE_MS;
logger.info({ url: await app.getUrl() }, 'ready');

import 'reflect-metadata';
import { BusConnection, endOnSignal } from '@ushadow/messaging';
import { createLogger, loadConfig, startHealthServer } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { createGateway } from './create-gateway.ts';
import { gatewayConfig } from './config.ts';

const KEEP_ALIVE_MS = 75_000;

const config = loadConfig(gatewayConfig, process.env);
const redactor = new Redactor();
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL, redact: (line) => redactor.text(line) });
const app = await createGateway(config, logger);
const health = await startHealthServer(config.HEALTH_PORT, '127.0.0.1', { nats: () => app.get(BusConnection).check() });
endOnSignal(logger, async () => {
  health?.close();
  await app.close();
});
await app.listen(config.PORT, config.HOST);
// Longer than clients keep an idle connection: one that closes under a request looks like a gateway that is away.
app.getHttpServer().keepAliveTimeout = KEEP_ALIVE_MS;
logger.info({ url: await app.getUrl() }, 'ready');

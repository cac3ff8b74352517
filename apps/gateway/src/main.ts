import 'reflect-metadata';
import { endOnSignal } from '@ushadow/messaging';
import { createLogger, loadConfig } from '@ushadow/observability';
import { createGateway } from './create-gateway.ts';
import { gatewayConfig } from './config.ts';

const config = loadConfig(gatewayConfig, process.env);
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL, redact: (line) => line });
const app = await createGateway(config, logger);
endOnSignal(logger, () => app.close());
await app.listen(config.PORT, config.HOST);
logger.info({ url: await app.getUrl() }, 'ready');

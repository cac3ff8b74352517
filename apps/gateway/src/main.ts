import 'reflect-metadata';
import type { Server } from 'node:http';
import { BusConnection } from '@ushadow/messaging';
import { endOnSignal, startProcess } from '@ushadow/service';
import { createGateway } from './create-gateway.ts';
import { gatewayConfig } from './config.ts';
import { endServer } from './http/end-server.ts';
import { OpenStreams } from './sse/open-streams.ts';

const KEEP_ALIVE_MS = 75_000;
/** How long answers that are under way may take when the process is to end. */
const ENDING_MAX_MS = 10_000;

const { config, bus, logger, health } = await startProcess('gateway', 'gateway', gatewayConfig, process.env);
const streams = new OpenStreams({ perClient: config.STREAMS_PER_CLIENT_MAX, inAll: config.STREAMS_MAX });
const app = await createGateway(config, bus, logger, streams);
const server = app.getHttpServer() as Server;
endOnSignal(logger, async () => {
  health.end();
  await endServer({ server, endStreams: () => streams.endAll(), close: () => app.close(), limitMs: ENDING_MAX_MS });
});
await app.listen(config.PORT, config.HOST);
// Longer than any client keeps one: whoever ends an idle connection second cannot be sent a request on it.
server.keepAliveTimeout = KEEP_ALIVE_MS;
health.serve({ nats: () => app.get(BusConnection).check() });
logger.info({ url: await app.getUrl() }, 'ready');

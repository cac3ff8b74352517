import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { httpOperations, openApiDocument } from '@ushadow/contracts';
import { NestLogger, type Logger } from '@ushadow/observability';
import { AppModule } from './app.module.ts';
import type { GatewayConfig } from './config.ts';
import { hostGuard } from './http/host-guard.middleware.ts';
import { HttpErrorFilter } from './http/http-error.filter.ts';
import { requestContextMiddleware } from './http/request-context.middleware.ts';
import type { OpenStreams } from './sse/open-streams.ts';
import { version } from './version.ts';

/** Room for a kubeconfig in base64, and little more. */
const BODY_LIMIT = '2mb';

/** The HTTP edge, ready to listen. */
export async function createGateway(
  config: GatewayConfig,
  logger: Logger,
  streams: OpenStreams,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config.NATS_URL, streams), {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.TRUSTED_PROXIES);
  app.use(requestContextMiddleware);
  app.use(hostGuard(config.ALLOWED_HOSTS));
  for (const { http } of Object.values(httpOperations)) {
    if (http.bodyBytesMax !== undefined) app.use(http.path, json({ limit: http.bodyBytesMax }));
  }
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalFilters(new HttpErrorFilter(logger));
  const document = openApiDocument(version) as unknown as OpenAPIObject;
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  return app;
}

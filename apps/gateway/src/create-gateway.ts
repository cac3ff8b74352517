import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { httpOperations, openApiDocument } from '@ushadow/contracts';
import { BusConnection, type BusOptions } from '@ushadow/messaging';
import { NestLogger, type Logger } from '@ushadow/observability';
import { AppModule } from './app.module.ts';
import type { GatewayConfig } from './config.ts';
import { hostGuard } from './http/host-guard.middleware.ts';
import { HttpErrorFilter } from './http/http-error.filter.ts';
import { requestContextMiddleware } from './http/request-context.middleware.ts';
import { version } from './version.ts';

/** Room for a kubeconfig in base64, and little more. */
const BODY_LIMIT = '2mb';

/** The HTTP edge, ready to listen. */
export async function createGateway(
  config: GatewayConfig,
  bus: BusOptions,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(bus), {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.get(BusConnection).onProblem = (problem) => {
    logger.error(problem);
  };
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
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

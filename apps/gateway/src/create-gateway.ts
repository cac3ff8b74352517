import { readFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, raw, type NextFunction, type Request, type Response } from 'express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { httpOperations, openApiDocument } from '@ushadow/contracts';
import { BusConnection, type BusOptions } from '@ushadow/messaging';
import { NestLogger, type Logger } from '@ushadow/observability';
import { authenticate } from './access/authenticate.middleware.ts';
import { Authenticator } from './access/authenticator.ts';
import { AppModule } from './app.module.ts';
import type { GatewayConfig } from './config.ts';
import { fetchSite } from './http/fetch-site.middleware.ts';
import { hostGuard } from './http/host-guard.middleware.ts';
import { HttpErrorFilter } from './http/http-error.filter.ts';
import { jsonWrites } from './http/json-writes.middleware.ts';
import { RequestLimits } from './http/request-limits.ts';
import { Upgrades } from './http/upgrades.ts';
import { requestContextMiddleware } from './http/request-context.middleware.ts';
import { REFERENCE_PATH, securityHeaders } from './http/security-headers.ts';
import type { OpenStreams } from './sse/open-streams.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Room for a kubeconfig in base64, and little more. */
const BODY_LIMIT = '2mb';

/** The HTTP edge, ready to listen. */
export async function createGateway(
  config: GatewayConfig,
  bus: BusOptions,
  logger: Logger,
  streams: OpenStreams,
): Promise<NestExpressApplication> {
  const limits = new RequestLimits({
    any: config.REQUESTS_PER_MINUTE_MAX,
    outbound: config.OUTBOUND_PER_MINUTE_MAX,
    compile: config.COMPILE_PER_MINUTE_MAX,
  });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(bus, streams, limits), {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.get(BusConnection).onProblem = (problem) => {
    logger.error(problem);
  };
  app.disable('x-powered-by');
  // Nothing may be stored, so that nobody asks whether what he has is still good.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.TRUSTED_PROXIES);
  app.use(requestContextMiddleware);
  app.use(securityHeaders);
  app.use(hostGuard({ hosts: config.ALLOWED_HOSTS, origins: config.ALLOWED_ORIGINS }));
  app.use(fetchSite);
  app.use((request: Request, _response: Response, next: NextFunction) => {
    limits.take('any', request.ip).then(() => next(), next);
  });
  app.use(authenticate(app.get(Authenticator)));
  // Whoever calls these has a token, which no page of another site has.
  for (const { http } of Object.values(httpOperations))
    if (http.raw !== undefined) app.use(firstPart(http.path), raw({ type: () => true, limit: http.bodyBytesMax }));
  app.use(jsonWrites);
  for (const { http } of Object.values(httpOperations)) {
    if (http.bodyBytesMax !== undefined && http.raw === undefined)
      app.use(http.path, json({ limit: http.bodyBytesMax }));
  }
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalFilters(new HttpErrorFilter(logger));
  const document = openApiDocument(version) as unknown as OpenAPIObject;
  SwaggerModule.setup(REFERENCE_PATH.slice(1), app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  app.get(Upgrades).listen(app.getHttpServer() as Server, app.getHttpAdapter().getInstance() as RequestListener);
  return app;
}

/** Of a path, what stands before its first parameter. */
function firstPart(path: string): string {
  return path.slice(0, path.indexOf('/:'));
}

export { currentRequestContext, withRequestContext, type RequestContext } from './request-context.ts';
export { databaseConfig, loadConfig, serviceConfig, type ServiceConfig } from './config.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { NestLogger } from './nest-logger.ts';
export { HealthServer, startHealthServer, type HealthAddress } from './health-server.ts';
export { readiness, type HealthCheck, type HealthChecks, type Readiness } from './readiness.ts';

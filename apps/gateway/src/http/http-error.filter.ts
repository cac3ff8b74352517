import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError } from '@ushadow/contracts';
import { toDomainError } from '@ushadow/messaging';
import { currentRequestContext, type Logger } from '@ushadow/observability';
import type { Response } from 'express';
import { statusOf } from './status-of.ts';

/** The one place where a failure becomes an HTTP answer. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter<unknown> {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const failure = error instanceof HttpException ? fromHttp(error) : toDomainError(error);
    if (failure.kind === 'unexpected')
      this.logger.error({ err: failure.cause ?? failure, code: failure.code }, 'unexpected failure');
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.end();
      return;
    }
    const retryAfter = retryAfterOf(failure);
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    response.status(statusOf(failure)).json(failure.toEnvelope(currentRequestContext()?.requestId));
  }
}

/** Seconds after which a try makes sense, where the failure says so. */
function retryAfterOf({ details }: DomainError): number | undefined {
  if (typeof details !== 'object' || details === null || !('retry_after_seconds' in details)) return undefined;
  const seconds = Number(details.retry_after_seconds);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

/** Nest and Express throw these themselves: no such route, a body that is no JSON, a body too large. */
function fromHttp(error: HttpException): DomainError {
  const status = error.getStatus();
  if (status === 404) return new DomainError('ROUTE_NOT_FOUND', 'not-found', error.message);
  if (status === 413) return new DomainError('PAYLOAD_TOO_LARGE', 'invalid', 'The request body is too large.');
  if (status < 500) return new DomainError('INVALID_INPUT', 'invalid', error.message);
  return new DomainError('UNEXPECTED', 'unexpected', 'Something went wrong on our side.', { cause: error });
}

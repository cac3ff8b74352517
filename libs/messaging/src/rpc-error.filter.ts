import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { throwError, type Observable } from 'rxjs';
import { z } from 'zod';
import { toDomainError } from './to-domain-error.ts';

/** The one place where a service's failure becomes the error envelope of a reply. */
@Catch()
export class RpcErrorFilter implements RpcExceptionFilter<unknown> {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  catch(error: unknown): Observable<never> {
    // A ZodError here is an answer of ours that breaks its contract: input is checked before.
    const failure = toDomainError(
      error instanceof z.ZodError ? new Error('the answer breaks its contract', { cause: error }) : error,
    );
    if (failure.kind === 'unexpected') this.logger.error({ err: failure.cause ?? failure }, 'unexpected failure');
    else if (failure.kind === 'unavailable')
      this.logger.warn({ code: failure.code, err: failure.cause }, failure.message);
    else this.logger.info({ code: failure.code }, failure.message);
    return throwError(() => failure.toEnvelope());
  }
}

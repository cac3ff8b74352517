import { DomainError } from '@ushadow/contracts';
import type { NextFunction, Request, Response } from 'express';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Every write says that it is JSON, also one without a body, or names itself by X-Requested-With: a form or a script of
 * another site cannot do either without asking first, which nobody answers.
 */
export function jsonWrites(request: Request, _response: Response, next: NextFunction): void {
  const isMeant =
    READS.has(request.method) ||
    // Taken unread already, under a token.
    Buffer.isBuffer(request.body) ||
    JSON_TYPE.test(request.header('content-type') ?? '') ||
    request.header('x-requested-with') !== undefined;
  const message = 'Requests that change something need the header `content-type: application/json`.';
  next(isMeant ? undefined : new DomainError('JSON_EXPECTED', 'invalid', message));
}

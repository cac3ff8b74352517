import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

/** Answers are data: nothing in them is run, framed or kept. */
const ofData = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: { action: 'deny' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  // Whoever ends TLS in front of this says so; on loopback there is none.
  strictTransportSecurity: false,
});

/** The reference that is read in a browser: scripts and styles of its own. */
const ofReference = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

export const REFERENCE_PATH = '/api/docs';

/** Headers of every answer, errors included. */
export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  const isReference = request.path === REFERENCE_PATH || request.path.startsWith(`${REFERENCE_PATH}/`);
  ofData(request, response, (error?: unknown) => {
    if (error !== undefined || !isReference) next(error);
    else ofReference(request, response, next);
  });
}

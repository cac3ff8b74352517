import { DomainError } from '@ushadow/contracts';
import type { NextFunction, Request, Response } from 'express';

/**
 * Refuses requests that a web page of another site could cause: a Host that is not ours (DNS rebinding) and an Origin that
 * is not ours (cross-site requests). The web app's proxy names the host it was asked for in X-Forwarded-Host.
 */
export function hostGuard(allowedHosts: readonly string[]) {
  const allowed = new Set(allowedHosts.map(hostName));
  return (request: Request, _response: Response, next: NextFunction): void => {
    const named = [request.header('host'), request.header('x-forwarded-host')].filter((host) => host !== undefined);
    const origin = request.header('origin');
    const refused =
      named.some((host) => !allowed.has(hostName(host))) || (origin !== undefined && !allowed.has(originHost(origin)));
    next(
      refused
        ? new DomainError(
            'HOST_NOT_ALLOWED',
            'forbidden',
            'This server does not answer under that host name. ALLOWED_HOSTS lists those it does.',
          )
        : undefined,
    );
  };
}

/** Host header without its port, lower-case. */
function hostName(host: string): string {
  return host.trim().toLowerCase().replace(/:\d+$/, '');
}

function originHost(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}

import { DomainError } from '@ushadow/contracts';
import type { NextFunction, Request, Response } from 'express';

export interface ServedSites {
  /** Names that may stand in Host and X-Forwarded-Host, whatever the port. */
  readonly hosts: readonly string[];
  /** Origins of pages that may ask, with scheme and port. Unless given: the site that the request itself was sent to. */
  readonly origins?: readonly string[] | undefined;
}

/**
 * Refuses requests that a web page of another site could cause: a Host that is not ours (DNS rebinding) and an Origin that
 * is not ours (cross-site requests). The web app's proxy names the host it was asked for in X-Forwarded-Host.
 */
export function hostGuard({ hosts, origins }: ServedSites) {
  const allowed = new Set(hosts.map(hostName));
  const allowedOrigins = origins === undefined ? undefined : new Set(origins.map(normalized));
  return (request: Request, _response: Response, next: NextFunction): void => {
    const asked = request.header('x-forwarded-host') ?? request.header('host');
    const named = [request.header('host'), asked].filter((host) => host !== undefined);
    const origin = request.header('origin');
    const isOurs = (spelled: string): boolean =>
      isAmong(allowedOrigins ?? new Set([normalized(`${request.protocol}://${asked ?? ''}`)]), spelled);
    const refused =
      named.length === 0 ||
      named.some((host) => !allowed.has(hostName(host))) ||
      (origin !== undefined && !isOurs(origin));
    next(refused ? notAllowed() : undefined);
  };
}

function isAmong(origins: ReadonlySet<string | undefined>, origin: string): boolean {
  const spelled = normalized(origin);
  return spelled !== undefined && origins.has(spelled);
}

function notAllowed(): DomainError {
  const message =
    'This server does not answer under that host name, or not to pages of that origin. ' +
    'ALLOWED_HOSTS and ALLOWED_ORIGINS list those it does.';
  return new DomainError('HOST_NOT_ALLOWED', 'forbidden', message);
}

/** Host header without its port, lower-case. */
function hostName(host: string): string {
  return host.trim().toLowerCase().replace(/:\d+$/, '');
}

/** An origin as browsers spell it, without a port that the scheme implies; what is none equals nothing. */
function normalized(origin: string): string | undefined {
  return URL.canParse(origin) && origin !== 'null' ? new URL(origin).origin : undefined;
}

import { DomainError } from '@ushadow/contracts';
import type { NextFunction, Request, Response } from 'express';

/** What a browser says of a request that no page of another site has caused. `none`: the user typed it. */
const OWN = new Set(['same-origin', 'none']);

/**
 * Refuses what a browser itself calls a request from another site, other ports of this machine included. Following a link
 * is no harm; whoever sends no such header is no browser.
 */
export function fetchSite(request: Request, _response: Response, next: NextFunction): void {
  const site = request.header('sec-fetch-site');
  const followsLink = request.method === 'GET' && request.header('sec-fetch-mode') === 'navigate';
  const refused = site !== undefined && !OWN.has(site) && !followsLink;
  next(
    refused ? new DomainError('CROSS_SITE', 'forbidden', 'A page of another site may not ask this server.') : undefined,
  );
}

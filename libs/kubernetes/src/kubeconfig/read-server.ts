import type { NamedEntry } from './entries.ts';
import { textField } from './entries.ts';
import type { ProblemList } from './problem-list.ts';

const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\s]+)([^?#\s]*)$/i;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.?)(:[0-9]{1,5})?$/i;

/** `server` as `https://host[:port][/path]` without a trailing slash; undefined, with a problem, otherwise. */
export function readServer(entry: NamedEntry, problems: ProblemList): string | undefined {
  const path = [...entry.path, 'server'];
  const [, scheme, host, rest] = SHAPE.exec(textField(entry.body, 'server') ?? '') ?? [];
  if (scheme === undefined || host === undefined || !HOST.test(host)) {
    const remedy = 'write it as https://host:port, without user name, query or fragment';
    problems.add('SERVER_INVALID', path, 'the server is missing or not a plain URL', remedy);
    return undefined;
  }
  if (scheme.toLowerCase() !== 'https') {
    const message = 'the server is not reached by https, so the credential would travel in clear';
    problems.add('SERVER_NOT_HTTPS', path, message, 'use the https address of the API server');
    return undefined;
  }
  return `https://${host.toLowerCase()}${(rest ?? '').replace(/\/+$/, '')}`;
}

import { hostProblem, plainHost } from '../rule/host-name.ts';
import { pathMatcher } from './path-matcher.ts';
import type { Matcher } from '../condition.ts';

export interface Address {
  readonly host: string | undefined;
  readonly isPlain: boolean;
  readonly matcher: Matcher | undefined;
}

/** `[http[s]://][host][:port][/path]`; a text says why it is none. */
export function addressOf(text: string): Address | string {
  if (text.startsWith('(')) return 'it is a snippet';
  const [, scheme, host = '', port, path] = /^(?:(https?):\/\/)?([^/:]*)(?::(\d+))?(\/.*)?$/.exec(text) ?? [];
  if (/[{}]/.test(text) || (host === '' && port === undefined)) return 'it is no host name';
  if (port !== undefined && port !== '80' && port !== '443') return 'it has a port of its own';
  const problem = host === '' || host === '*' ? undefined : hostProblem(host);
  if (problem !== undefined) return problem;
  return {
    host: host === '' || host === '*' ? undefined : plainHost(host),
    // Without a host there is none to get a certificate for.
    isPlain: scheme === 'http' || port === '80',
    matcher: path === undefined || path === '/' ? undefined : pathMatcher(path),
  };
}

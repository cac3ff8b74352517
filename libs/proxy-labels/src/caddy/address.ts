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
  const [whole, scheme, host = '', port = '', path = '/'] = ADDRESS.exec(text) ?? [];
  if (whole === undefined || host + port === '') return 'it is no host name';
  if (!USUAL_PORTS.has(port)) return 'it has a port of its own';
  const isAny = host === '' || host === '*';
  const problem = isAny ? undefined : hostProblem(host);
  if (problem !== undefined) return problem;
  return {
    host: isAny ? undefined : plainHost(host),
    isPlain: scheme === 'http' || port === '80',
    matcher: matcherOf(path),
  };
}

const ADDRESS = /^(?:(https?):\/\/)?([^/:{}]*)(?::(\d+))?(\/[^{}]*)?$/;
const USUAL_PORTS = new Set(['', '80', '443']);

function matcherOf(path: string): Matcher | undefined {
  return path === '/' ? undefined : pathMatcher(path);
}

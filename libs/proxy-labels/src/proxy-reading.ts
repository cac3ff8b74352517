import type { DiagnosticRule } from '@ushadow/compose';
import type { PROXY_RULES } from './proxy-rules.ts';
import type { ProxyRoute } from './proxy-route.ts';
import type { StreamRoute } from './stream-route.ts';

export interface ProxyReading {
  /** In the order of the file. */
  readonly routes: readonly ProxyRoute[];
  /** Of Traefik alone. */
  readonly streams: readonly StreamRoute[];
  readonly findings: readonly ProxyFinding[];
  /** Services that are a proxy over Docker itself, and their companions. */
  readonly proxies: readonly string[];
}

type Rules = typeof PROXY_RULES;
type ParamsOf<R> = R extends DiagnosticRule<infer P> ? P : never;

/** One finding at a JSON pointer, with the parameters of its rule. */
export type ProxyFinding = {
  readonly [K in keyof Rules]: { readonly code: K; readonly path: string; readonly params: ParamsOf<Rules[K]> };
}[keyof Rules];

/** Records what was found. */
export type Find = (finding: ProxyFinding) => void;

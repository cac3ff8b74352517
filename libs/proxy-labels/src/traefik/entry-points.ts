import type { RouteTls } from '../proxy-route.ts';
import type { EntryPoint, ProxySettings, Redirect } from './proxy-settings.ts';

/** Entry points where a router does the same. */
export interface Listening {
  readonly entryPoints: readonly string[];
  readonly tls: RouteTls | undefined;
  readonly redirect: Redirect | undefined;
  readonly middlewares: readonly string[];
}

/** What the proxy of the project adds to a router at its entry points. */
export function listenings(
  names: readonly string[],
  tls: RouteTls | undefined,
  settings: ProxySettings,
): readonly Listening[] {
  const all = names.length > 0 ? names : [...settings.entryPoints.values()].map(({ name }) => name);
  const groups = new Map<string, Listening>();
  for (const name of all) {
    const known = settings.entryPoints.get(name.toLowerCase());
    const here = listening(known, tls);
    const key = JSON.stringify([here.tls, here.redirect, here.middlewares]);
    const entryPoints = [...(groups.get(key)?.entryPoints ?? []), name];
    groups.set(key, { ...here, entryPoints });
  }
  const [first, ...more] = groups.values();
  if (first === undefined) return [{ entryPoints: [], tls, redirect: undefined, middlewares: [] }];
  return more.length === 0 ? [{ ...first, entryPoints: names }] : [first, ...more];
}

function listening(known: EntryPoint | undefined, tls: RouteTls | undefined): Omit<Listening, 'entryPoints'> {
  const redirect = tls === undefined ? known?.redirect : undefined;
  return { tls: tls ?? known?.tls, redirect, middlewares: known?.middlewares ?? [] };
}

/** Names that people give to entry points for TLS. */
const SOUNDS_LIKE_TLS = /^(?:web-?secure|https|ssl|tls|secure|443)$|https|websecure/i;

/** One that the proxy of the project says nothing about, and that by its name is for TLS. */
export function unclearEntryPoint(names: readonly string[], settings: ProxySettings): string | undefined {
  return names.find((name) => SOUNDS_LIKE_TLS.test(name) && !settings.entryPoints.has(name.toLowerCase()));
}

import { isClaim, wantedBy, type Files, type Wanted } from './project.ts';

export type Held = Omit<Wanted, 'key'>;

/** What a stack should have in its namespace. */
export interface StackState {
  /** What its services want, by `Kind/name`. */
  readonly content: ReadonlyMap<string, Held>;
  /** Claims that are its own, wanted or not, with the services they were made for. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly services: readonly string[];
  readonly scaled: ReadonlyMap<string, number>;
  readonly stopped: readonly string[];
}

export const NOTHING: StackState = {
  content: new Map(),
  claims: new Map(),
  services: [],
  scaled: new Map(),
  stopped: [],
};

/** What is to become of a stack. */
export interface Update {
  readonly selected: readonly string[];
  readonly gone: readonly string[];
  readonly wanted: readonly Wanted[];
  readonly deleteClaims: readonly string[];
}

/** A project as its files have it, or some services of it. */
export function updateOf(
  state: StackState,
  files: Files,
  services: readonly string[] | undefined,
): Omit<Update, 'deleteClaims'> {
  const present = Object.keys(files.services);
  const selected = services ?? present;
  const known = [...state.services, ...[...state.claims.values()].flat()];
  const gone = services === undefined ? [...new Set(known)].filter((service) => !present.includes(service)) : [];
  const wanted = wantedBy(files).filter((each) => each.services.some((service) => selected.includes(service)));
  return { selected, gone, wanted };
}

/** A stack after an update that came true. */
export function fulfilled(state: StackState, { selected, gone, wanted, deleteClaims }: Update): StackState {
  const leaving = [...selected, ...gone];
  const staying = (services: readonly string[] = []): string[] => services.filter((each) => !leaving.includes(each));
  const content = new Map<string, Held>();
  for (const [key, held] of state.content)
    if (staying(held.services).length > 0) content.set(key, { ...held, services: staying(held.services) });
  for (const { key, services, tells } of wanted) {
    const users = services.filter((service) => selected.includes(service));
    content.set(key, { services: [...users, ...staying(state.content.get(key)?.services)], tells });
  }
  const services = [...new Set([...staying(state.services), ...selected])].sort();
  return {
    content,
    claims: claimsAfter(state, content, leaving, deleteClaims),
    services,
    scaled: new Map([...state.scaled].filter(([service]) => services.includes(service))),
    stopped: staying(state.stopped),
  };
}

/** A claim goes only by name, and only when nobody wants it any more. */
function claimsAfter(
  { claims }: StackState,
  content: ReadonlyMap<string, Held>,
  leaving: readonly string[],
  named: readonly string[],
): Map<string, readonly string[]> {
  const isKept = (key: string, services: readonly string[]): boolean =>
    content.has(key) || !named.includes(key) || services.some((service) => !leaving.includes(service));
  const wanted = [...content].filter(([key]) => isClaim(key));
  return new Map([
    ...[...claims].filter(([key, services]) => isKept(key, services)),
    ...wanted.map(([key, { services }]) => [key, services] as const),
  ]);
}

export function scaledTo(state: StackState, service: string, replicas: number): StackState {
  const scaled = new Map([...state.scaled, [service, replicas]]);
  return { ...state, scaled, stopped: state.stopped.filter((each) => each !== service) };
}

export function stopped(state: StackState, service: string): StackState {
  return { ...state, stopped: [...new Set([...state.stopped, service])] };
}

export function started(state: StackState, service: string): StackState {
  return { ...state, stopped: state.stopped.filter((each) => each !== service) };
}

/** A whole stack as it was at a revision; what it has of claims stays. */
export function wentBack(state: StackState, { content, services, scaled, stopped: were }: StackState): StackState {
  return { ...state, content, services, scaled, stopped: were, claims: claimsAfter(state, content, [], []) };
}

/** Everything of a stack that should be there, with what can be told from it. */
export function expected({ content, claims, scaled, stopped: off }: StackState): Map<string, string> {
  const reported = [...content].map(([key, { services, tells }]): readonly [string, string] => {
    const [service = ''] = services;
    const isWorkload = key.startsWith('Deployment/') || key.startsWith('StatefulSet/');
    return [key, isWorkload ? `${tells} x${off.includes(service) ? 0 : (scaled.get(service) ?? 1)}` : tells];
  });
  return new Map([...[...claims.keys()].map((key) => [key, ''] as const), ...reported]);
}

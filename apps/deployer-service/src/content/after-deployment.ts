import type { StackContent } from './stack-content.ts';

/** The content without the place of volumes whose claims are gone: a new claim owes them nothing. */
export function withoutClaims(content: StackContent, gone: ReadonlySet<string>): StackContent {
  const places = Object.entries(content.claims ?? {});
  const left = places.filter(([, place]) => !gone.has(place.split('/')[0] ?? ''));
  return left.length === places.length ? content : { ...content, claims: Object.fromEntries(left) };
}

/** The content after these services have started anew: their pods have what others had changed under them. */
export function caughtUp(content: StackContent, services: readonly string[]): StackContent {
  const entries = Object.entries(content.services).map(([service, known]) => {
    const { behind: _behind, ...rest } = known;
    return [service, services.includes(service) ? rest : known] as const;
  });
  return { ...content, services: Object.fromEntries(entries) };
}

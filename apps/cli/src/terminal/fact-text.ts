import type { StackServiceData } from '@ushadow/contracts';

type Fact = StackServiceData['health'] | StackServiceData['sync'];
type Last = NonNullable<StackServiceData['deployment']>;

/** What is known and how old that is: a fact that cannot be looked at now is never shown as if it were of now. */
export function factText({ state, at, stale }: Fact, now: number): string {
  if (at === null) return state;
  return stale ? `last seen ${state} ${ageText(at, now)} ago` : `${state} (${ageText(at, now)})`;
}

/** How the last deployment ended. */
export function lastText(last: Last | null, now: number): string {
  if (last === null) return '';
  const { kind, status, code, at } = last;
  return [kind, status, code ?? '', `(${ageText(at, now)})`].filter(Boolean).join(' ');
}

/** `12 s`, `3 min`, `5 h`, `2 d`: how long ago. */
export function ageText(time: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min`;
  return seconds < 86_400 ? `${String(Math.floor(seconds / 3600))} h` : `${String(Math.floor(seconds / 86_400))} d`;
}

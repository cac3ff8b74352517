import type { StackServiceData } from '@ushadow/contracts';
import { ageText } from './age-text.ts';

type Fact = StackServiceData['health'] | StackServiceData['sync'];
type Last = NonNullable<StackServiceData['deployment']>;

/** What is known and how old that is: a fact that cannot be looked at now is never told as if it were of now. */
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

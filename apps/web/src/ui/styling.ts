import type { IconName } from './icon.tsx';

/** What a colour says of a state; with `data-tone` an element gets its colours, see globals.css. */
export type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'neutral';

/** How a status is shown: a label, its colour and an icon; `spinner` for what is under way. */
export interface StatusDisplay {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: IconName | 'spinner';
}

/** Joins class names, leaving out what is absent. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}

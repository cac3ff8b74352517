/** What a colour says of a state; with `data-tone` an element gets its colours, see globals.css. */
export type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'neutral';

/** Joins class names, leaving out what is absent. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}

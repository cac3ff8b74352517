import { withoutColours } from './clean-text.ts';

/**
 * Whether a line holds a text, in whatever case; every line where none is looked for. It is asked of what is shown: what is
 * masked cannot be found by trying.
 */
export function textMatcher(search: string | undefined): (text: string) => boolean {
  if (search === undefined || search === '') return () => true;
  const wanted = search.toLowerCase();
  return (text) => withoutColours(text).toLowerCase().includes(wanted);
}

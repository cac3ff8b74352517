import type { Finding, Page } from '../page.ts';

/** Settings in the tables of a page that no program reads. */
export function unknownSettings(pages: readonly Page[], known: ReadonlySet<string>): readonly Finding[] {
  return pages.flatMap(({ path, settings }) =>
    settings
      .filter(({ text }) => /^[A-Z][A-Z0-9_]+$/.test(text) && !known.has(text))
      .map(({ text, line }) => ({ path, line, message: `nothing reads a setting ${text}` })),
  );
}

import type { operations, OutputOf } from '@ushadow/contracts';

export type Setting = OutputOf<typeof operations.listSettings>['settings'][number];

/** The settings in whose path, project, or value that may be seen, all words occur; in their order. */
export function filterSettings(settings: readonly Setting[], query: string): readonly Setting[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return settings;
  return settings.filter(({ path, value, project }) => {
    const text = `${path} ${value ?? ''} ${project ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

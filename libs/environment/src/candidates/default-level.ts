import type { Level } from './level.ts';

/** What the Compose file says (R36). A text that consists of unset variables alone is no value. */
export const defaultLevel: Level = ({ declared }) => {
  if (declared === undefined || declared.value === null) return [];
  const { value, unset, references } = declared;
  if (unset.length > 0 && value === '') return [];
  const gap = unset.length === 0 ? '' : `; ${unset.join(', ')} not set`;
  return [
    {
      source: 'default',
      value,
      reason: `the Compose file${gap}`,
      unset,
      origin: { variables: references.map((reference) => reference.name) },
    },
  ];
};

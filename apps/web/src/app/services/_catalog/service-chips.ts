import type { AvailableService } from './filter-services.ts';

export interface ServiceChip {
  readonly text: string;
  /** In full words. */
  readonly hint: string;
}

/** What a service's metadata says of it, in few words: needs, offers, then where it belongs. Each once. */
export function serviceChips(service: AvailableService): ServiceChip[] {
  const { requires, optional, provides, tags, profiles } = service;
  const chips = [
    ...requires.map((name) => chip(`needs ${name}`, `It does not work without ${name}.`)),
    ...optional.map((name) => chip(`can use ${name}`, `It uses ${name} when it is there.`)),
    ...(provides === null ? [] : [chip(`offers ${provides}`, `Other services can rely on it for ${provides}.`)]),
    ...profiles.map((name) => chip(`profile ${name}`, `Compose starts it only with the profile ${name}.`)),
    ...tags.map((name) => chip(`#${name}`, `Tag ${name}`)),
  ];
  return [...new Map(chips.map((each) => [each.text, each])).values()];
}

function chip(text: string, hint: string): ServiceChip {
  return { text, hint };
}

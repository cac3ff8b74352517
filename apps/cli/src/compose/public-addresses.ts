import { UsageError } from '../command.ts';

/** By service: where `--public SERVICE=HOST[:PORT][/PATH[#strip]]` wants it to be reached. */
export function publicAddresses(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const addresses = new Map<string, string[]>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals <= 0 || equals === text.length - 1)
      throw new UsageError(`--public is SERVICE=HOST[:PORT][/PATH[#strip]], not ${text}.`);
    const service = text.slice(0, equals);
    addresses.set(service, [...(addresses.get(service) ?? []), text.slice(equals + 1)]);
  }
  return addresses;
}

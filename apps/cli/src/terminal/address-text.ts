import type { AddressData } from '@ushadow/contracts';

/** Where something is to be found; what has no address yet is said to have none. */
export function addressText({ url, text, ready }: AddressData): string {
  return ready ? (url ?? text) : `${url ?? text} (not yet)`;
}

export function addressesText(addresses: readonly AddressData[]): string {
  return addresses.map(addressText).join(', ');
}

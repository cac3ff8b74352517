import { embeddedIpv4 } from './embedded-ipv4.ts';
import { isListed, networkList } from './cidr.ts';

/** Never a server of anybody's, whatever an operator allows: metadata services, link-local, multicast, unspecified. */
const NEVER = networkList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
]);
const LOOPBACK = networkList(['127.0.0.0/8', '::1/128']);

export interface AddressPolicyOptions {
  readonly allowLoopback: boolean;
  /** The setting by which an operator allows it, for the refusal. */
  readonly loopbackSetting: string;
  /** CIDRs; beats the loopback rule and `deny`, not the addresses that are never allowed. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** `host:port` of our own servers, which nobody is sent to. */
  readonly ownEndpoints: readonly string[];
}

export type AddressVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Which addresses this installation connects to on a user's word. Private networks are where most of them are. */
export class AddressPolicy {
  readonly #options: AddressPolicyOptions;
  readonly #allow;
  readonly #deny;

  constructor(options: AddressPolicyOptions) {
    this.#options = options;
    this.#allow = networkList(options.allow);
    this.#deny = networkList(options.deny);
  }

  judge(address: string, port: number): AddressVerdict {
    const inner = embeddedIpv4(address);
    if (inner !== undefined && inner !== '0.0.0.0' && address !== '::1') {
      const verdict = this.judge(inner, port);
      if (!verdict.allowed) return verdict;
    }
    if (isListed(NEVER, address)) return refused('it is a metadata, link-local, multicast or unspecified address');
    if (this.#options.ownEndpoints.includes(`${address}:${port}`))
      return refused('it is a server of this installation');
    if (isListed(this.#allow, address)) return { allowed: true };
    if (isListed(this.#deny, address)) return refused('the operator of this installation denies its network');
    if (isListed(LOOPBACK, address) && !this.#options.allowLoopback) {
      return refused(
        `it is this host’s own loopback; the operator can allow it with ${this.#options.loopbackSetting}=true`,
      );
    }
    return { allowed: true };
  }
}

const refused = (reason: string): AddressVerdict => ({ allowed: false, reason });

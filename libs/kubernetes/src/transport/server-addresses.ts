/** Asks again where the server is; only addresses that have passed the policy come from there. */
export type AskAddresses = () => Promise<readonly string[]>;

/** Where one API server is reached: addresses that passed the policy, and no others. The one that answered last comes first. */
export class ServerAddresses {
  #known: readonly string[];
  readonly #ask: AskAddresses | undefined;
  #asking: Promise<readonly string[]> | undefined;

  constructor(known: readonly string[], ask?: AskAddresses) {
    this.#known = known;
    this.#ask = ask;
  }

  /** In the order in which they are to be tried. Empty: the server's host is used as it is written. */
  get inOrder(): readonly string[] {
    return this.#known;
  }

  answered(address: string): void {
    if (this.#known[0] === address || !this.#known.includes(address)) return;
    this.#known = [address, ...this.#known.filter((each) => each !== address)];
  }

  /** Takes over what the name resolves to now. True when the one that is in use is no longer among them. */
  moveTo(addresses: readonly string[]): boolean {
    // Without any, the name itself would be resolved, by whoever answers then.
    if (addresses.length === 0) return false;
    const [current] = this.#known;
    const stays = current !== undefined && addresses.includes(current);
    this.#known = stays ? [current, ...addresses.filter((each) => each !== current)] : addresses;
    return !stays && current !== addresses[0];
  }

  /** Where the server is now, asked once for all who cannot reach it; what is known when there is no answer. */
  async askAgain(): Promise<readonly string[]> {
    if (this.#ask === undefined) return this.#known;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    try {
      this.moveTo(await this.#asking);
    } catch {
      // No answer is no reason to forget where it was.
    }
    return this.#known;
  }
}

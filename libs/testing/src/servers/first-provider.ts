/** One way to get a server or a program. `find` resolves to undefined when this way is not open on this machine. */
export type Provider<T> = { readonly name: string; readonly find: () => Promise<T | undefined> };

/** Nothing on this machine provides what was asked for; the message says what to install. */
export class NoProviderError extends Error {
  constructor(what: string, tried: readonly string[], remedy: string) {
    super(`no ${what} found (looked at: ${tried.join(', ')}). ${remedy}`);
    this.name = 'NoProviderError';
  }
}

/** Asks the providers in order and takes the first answer; a provider that is open but fails ends the search. */
export async function firstProvider<T>(what: string, providers: readonly Provider<T>[], remedy: string): Promise<T> {
  for (const provider of providers) {
    const found = await provider.find();
    if (found !== undefined) return found;
  }
  throw new NoProviderError(
    what,
    providers.map((provider) => provider.name),
    remedy,
  );
}

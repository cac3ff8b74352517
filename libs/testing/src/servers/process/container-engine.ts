import type * as Testcontainers from 'testcontainers';

/** The testcontainers library when a container engine answers, else undefined. Loaded only then: it is a heavy import. */
export async function containerEngine(): Promise<typeof Testcontainers | undefined> {
  const library = await import('testcontainers');
  try {
    await library.getContainerRuntimeClient();
    return library;
  } catch {
    return undefined; // "Could not find a working container runtime strategy", within milliseconds
  }
}

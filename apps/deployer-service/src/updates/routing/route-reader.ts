import { KubernetesApiError } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';

/** What one look at a cluster may take: two of them are all that a plan waits for its routes. */
const LOOK_MS = 1_000;

/** Reads from a cluster within bounds; what cannot be read is named and left out. */
export class RouteReader {
  readonly unseen: string[] = [];
  readonly call: { readonly signal: AbortSignal };

  constructor(readonly cluster: KubernetesTransport) {
    this.call = { signal: AbortSignal.timeout(LOOK_MS) };
  }

  /** Undefined where it was not seen. */
  async see<T>(what: string, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KubernetesApiError)) throw error;
      this.unseen.push(`${what} (${reasonOf(error)})`);
      return undefined;
    }
  }
}

function reasonOf({ httpStatus, reason }: KubernetesApiError): string {
  if (httpStatus === 401 || httpStatus === 403) return 'not permitted';
  if (reason === 'ResponseTooLarge') return 'too many';
  return httpStatus === 0 ? 'no answer in time' : reason;
}

import type { EndRequest } from '../../deployments/deployment.ts';

/** The signals that a deployment is to end early, as requests for it come in while it is under way. */
export class EndSignals {
  private readonly cancelling = new AbortController();
  private readonly abandoning = new AbortController();
  private newest: EndRequest | null = null;

  /** End at the next step boundary, then go back. */
  get cancel(): AbortSignal {
    return this.cancelling.signal;
  }

  /** End at the next step boundary, also on the way back, and leave what is there. */
  get leave(): AbortSignal {
    return this.abandoning.signal;
  }

  get request(): EndRequest | null {
    return this.newest;
  }

  /** The store lets only further requests through: the newest is the one that counts. */
  add(request: EndRequest | null): void {
    if (request === null) return;
    this.newest = request;
    if (request.rollback) this.cancelling.abort();
    else this.abandoning.abort();
  }
}

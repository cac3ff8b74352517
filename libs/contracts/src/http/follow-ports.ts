import type { FollowPorts } from './follow-events.ts';

/** What a browser and Node have in common; `globalThis` of either. Handed in, so that this file runs anywhere. */
export interface Platform<Signal, Timer> {
  readonly fetch: (
    url: string,
    init: { headers: Record<string, string>; cache: 'no-store'; signal: Signal },
  ) => Promise<StreamedResponse>;
  readonly AbortController: new () => { readonly signal: Signal; abort(): void };
  readonly TextDecoder: new () => { decode(bytes: Uint8Array | undefined, options: { stream: boolean }): string };
  readonly setTimeout: (done: () => void, milliseconds: number) => Timer;
  readonly clearTimeout: (timer: Timer) => void;
}

interface StreamedResponse {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
  readonly body: { getReader(): { read(): Promise<{ value?: Uint8Array | undefined }> } } | null;
}

/** Follows by `fetch`. `baseUrl`: origin of the gateway without a trailing slash; empty for the page's own. */
export function followPorts<Signal, Timer>(baseUrl: string, platform: Platform<Signal, Timer>): FollowPorts {
  return {
    baseUrl,
    open: async (url, headers, closed) => {
      const abort = new platform.AbortController();
      closed(() => {
        abort.abort();
      });
      const response = await platform.fetch(url, { headers, cache: 'no-store', signal: abort.signal });
      // The body of a refusal stays unread, for `json`.
      const reader = response.ok ? response.body?.getReader() : undefined;
      const decoder = new platform.TextDecoder();
      return {
        ok: reader !== undefined,
        status: response.status,
        json: () => response.json(),
        read: async () => {
          const value = (await reader?.read())?.value;
          return value === undefined ? undefined : decoder.decode(value, { stream: true });
        },
      };
    },
    after: (milliseconds, done) => {
      const timer = platform.setTimeout(done, milliseconds);
      return () => {
        platform.clearTimeout(timer);
      };
    },
  };
}

import { followDeployment as follow, type FollowListener, type FollowPorts } from '@ushadow/contracts';

/** The page's own origin, by `fetch`. */
const ports: FollowPorts = {
  baseUrl: '',
  open: async (url, headers, closed) => {
    const abort = new AbortController();
    closed(() => {
      abort.abort();
    });
    const response = await fetch(url, { headers, cache: 'no-store', signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    return {
      ok: response.ok && reader !== undefined,
      status: response.status,
      json: () => response.json() as Promise<unknown>,
      read: async () => (await reader?.read())?.value,
    };
  },
  after: (milliseconds, done) => {
    const timer = setTimeout(done, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Follows a deployment's events from the first to the verdict, over lost connections. Returns what stops it. */
export function followDeployment(deploymentId: string, listener: FollowListener): () => void {
  return follow(deploymentId, listener, ports);
}

import { SseParser } from '@ushadow/contracts';

/** One viewer of a stack's tree: when its snapshot was whole, and what came since. */
export async function openViewer(gatewayUrl, stackId) {
  const abort = new AbortController();
  const startedAt = performance.now();
  const response = await fetch(`${gatewayUrl}/api/stacks/${stackId}/tree/stream`, { signal: abort.signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  const viewer = { shownAfterMs: undefined, nodes: 0, changed: 0, close: () => abort.abort() };
  const parser = new SseParser();
  const shown = Promise.withResolvers();
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const bytes of response.body) {
      for (const { event, data } of parser.push(decoder.decode(bytes, { stream: true }))) {
        if (event === 'changed') viewer.changed += 1;
        if (event !== 'snapshot') continue;
        viewer.nodes = JSON.parse(data).nodes.length;
        viewer.shownAfterMs = performance.now() - startedAt;
        shown.resolve();
      }
    }
  };
  read().catch(shown.reject);
  await shown.promise;
  return viewer;
}

import { followPorts, KeptTree, SseParser } from '@ushadow/contracts';

/** The tree of a stack by its stream, and how often each event came. */
export interface TreeStream {
  readonly tree: () => KeptTree;
  readonly seen: ReadonlyMap<string, number>;
  readonly close: () => void;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
}

export async function openTree(gatewayUrl: string, stackId: string): Promise<TreeStream> {
  const ports = followPorts(gatewayUrl, globalThis);
  let close = (): void => undefined;
  const connection = await ports.open(`${gatewayUrl}/api/stacks/${stackId}/tree/stream`, {}, (abort) => {
    close = abort;
  });
  if (!connection.ok) throw new Error(`HTTP ${String(connection.status)}: ${JSON.stringify(await connection.json())}`);
  const parser = new SseParser();
  const seen = new Map<string, number>();
  let tree = new KeptTree();
  const read = async (): Promise<void> => {
    for (let text = await connection.read(); text !== undefined; text = await connection.read()) {
      for (const { event, data } of parser.push(text)) {
        seen.set(event, (seen.get(event) ?? 0) + 1);
        tree = tree.after(event, JSON.parse(data));
      }
    }
  };
  return { tree: () => tree, seen, close: () => close(), ended: read().catch(() => undefined) };
}

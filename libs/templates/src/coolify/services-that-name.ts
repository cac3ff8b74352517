import type { ComposeText } from '../compose/compose-text.ts';
import { entriesOf } from '../compose/yaml-nodes.ts';

/** Services in whose text a port stands as a number of its own: in a variable, a port, a command, a health check. */
export function servicesThatName(port: number, { services, document, source }: ComposeText): readonly string[] {
  const number = new RegExp(`(?<![0-9.])${String(port)}(?![0-9.])`);
  return services
    .filter(({ key, value }) => {
      const ends = entriesOf(value, document).map((each) => endOf(each.value));
      return number.test(source.text.slice(key.range?.[0] ?? 0, Math.max(0, ...ends)));
    })
    .map(({ name }) => name);
}

function endOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node)) return 0;
  const range = node.range as [number, number, number] | null | undefined;
  return range?.[1] ?? 0;
}

import type { Document } from 'yaml';
import { entry, itemsOf, textOf } from '../compose/yaml-nodes.ts';

/** Ports that a service says it listens at: by `expose`, by `ports`, by the address its health check asks. */
export function portsOf(service: unknown, document: Document): readonly number[] {
  const list = (key: string) => itemsOf(entry(service, key, document)?.value, document);
  const exposed = list('expose').map((item) => textOf(item) ?? '');
  const published = list('ports').map((item) => textOf(item) ?? textOf(entry(item, 'target', document)?.value) ?? '');
  const declared = [...exposed, ...published].map(
    (text) => /(?:^|:)(\d{1,5})(?:\/(?:tcp|udp))?$/.exec(text)?.[1] ?? '',
  );
  const test = entry(entry(service, 'healthcheck', document)?.value, 'test', document)?.value;
  const command = [textOf(test), ...itemsOf(test, document).map(textOf)].join(' ');
  const checked = [...command.matchAll(/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])[:/ ](\d{1,5})\b/g)].map(
    ([, port]) => port,
  );
  const ports = [...declared, ...checked].map(Number).filter((port) => port >= 1 && port <= 65_535);
  return [...new Set(ports)];
}

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
  const asked = [...command.matchAll(ASKED)].map(([, secure, port]) => port ?? (secure === 's' ? '443' : '80'));
  const opened = [...command.matchAll(OPENED)].map(([, port]) => port);
  const ports = [...declared, ...asked, ...opened].map(Number).filter((port) => port >= 1 && port <= 65_535);
  return [...new Set(ports)];
}

const ITSELF = '(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1\\])';
/** `curl http://localhost:8080/` */
const ASKED = new RegExp(`http(s?)://${ITSELF}(?::(\\d{1,5}))?(?=[/\\s"'?]|$)`, 'g');
/** `nc -z localhost 8080` */
const OPENED = new RegExp(`(?<!/)${ITSELF}[:/ ](\\d{1,5})\\b`, 'g');

import { isIP } from 'node:net';

const defaultPorts: Readonly<Record<string, number>> = {
  'nats:': 4222,
  'tls:': 4222,
  'postgresql:': 5432,
  'postgres:': 5432,
};

/** `address:port` of servers named by URL; loopback names in both families. Others are kept out by the network policy. */
export function ownEndpoints(urls: readonly string[]): readonly string[] {
  return urls
    .flatMap((text) => text.split(','))
    .filter((text) => URL.canParse(text))
    .flatMap((text) => {
      const url = new URL(text);
      const port = url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : isIP(host) === 0 ? [] : [host];
      return addresses.map((address) => `${address}:${port}`);
    });
}

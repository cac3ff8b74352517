import { isHttpPath, isRouteHost } from './sayable.ts';

/** Where a service is to be reached from outside. */
export interface PublicAddress {
  readonly host: string;
  /** Of the container; undefined: the first that there is. */
  readonly port: number | undefined;
  readonly path: string;
  /** The service is asked without the path. */
  readonly strip: boolean;
}

/** `HOST[:PORT][/PATH[#strip]]`, with or without `https://`; undefined where it is none. */
export function readPublicAddress(text: string): PublicAddress | undefined {
  const match = /^(?:https?:\/\/)?([^/:]+)(?::(\d{1,5}))?(\/[^?#\s]*(#strip)?)?$/i.exec(text.trim());
  const [, host = '', port, written = '/', strip] = match ?? [];
  const path = written.replace(/#.*/, '');
  const name = host.toLowerCase();
  const number = port === undefined ? undefined : Number(port);
  if (!isRouteHost(name) || !isHttpPath(path) || number === 0 || (number ?? 0) > 65_535) return undefined;
  return { host: name, port: number, path, strip: strip !== undefined && path !== '/' };
}

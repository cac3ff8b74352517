import { isIpv6 } from './hosts.ts';
import { readUrl, type AddressDefault } from './read-url.ts';

/** The shape of a variable's default in the Compose file; a mapped value keeps it. */
export type DeclaredDefault =
  | { readonly kind: 'none' }
  | { readonly kind: 'port'; readonly port: number }
  | AddressDefault
  | KeywordDefault
  | { readonly kind: 'other' };

/** libpq's `host=db port=5432 user=u dbname=d`. */
export interface KeywordDefault {
  readonly kind: 'keywords';
  readonly host: string;
  readonly text: string;
}

const hostPattern = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;
const hostPortPattern = /^([a-z0-9][a-z0-9._-]*|\[[0-9a-f:.]+\]):(\d{1,5})$/i;
const jsonListPattern = /^(\[\s*")([^"]*)"(?:\s*,\s*"[^"]*")*(\s*\])$/;
const goPattern = /^((?:[^@\s]*@)?tcp\()(.+?)(\).*)$/;
const keywordsPattern = /^(?:\w+=(?:'[^']*'|\S*)\s*)+$/;
const optionPattern = /^\s*[\w ]+=/;

export function readDefault(text: string | undefined): DeclaredDefault {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return { kind: 'none' };
  if (/^\d{1,5}$/.test(trimmed)) return { kind: 'port', port: Number(trimmed) };
  return readAddress(trimmed) ?? readKeywords(trimmed) ?? { kind: 'other' };
}

function readAddress(text: string): AddressDefault | undefined {
  const [, open, inner, close] = jsonListPattern.exec(text) ?? [];
  if (open !== undefined && inner !== undefined && close !== undefined) {
    return around(open, readUrl(inner) ?? readHosts(inner), `"${close}`);
  }
  return readUrl(text) ?? readGo(text) ?? readHosts(text);
}

function readGo(text: string): AddressDefault | undefined {
  const [, before, address, after] = goPattern.exec(text) ?? [];
  if (before === undefined || address === undefined || after === undefined) return undefined;
  const one = around(before, readHosts(address), after);
  return one === undefined ? undefined : { ...one, kind: 'url', scheme: 'mysql' };
}

/** One address, several, or one with options behind it: `redis:6379,password=x,ssl=false`. */
function readHosts(text: string): AddressDefault | undefined {
  const [first = '', ...rest] = text.split(',');
  const address = readHost(first.trim());
  if (address === undefined || rest.every((one) => readHost(one.trim()) !== undefined)) return address;
  return rest.every((one) => optionPattern.test(one)) ? { ...address, after: `,${rest.join(',')}` } : undefined;
}

function readHost(text: string): AddressDefault | undefined {
  const plain = { scheme: undefined, before: '', after: '' };
  const [, host, port] = hostPortPattern.exec(text) ?? [];
  if (host !== undefined) return { ...plain, kind: 'host-port', host, port: Number(port) };
  if (hostPattern.test(text) || isIpv6(text)) return { ...plain, kind: 'host', host: text, port: undefined };
  return undefined;
}

function readKeywords(text: string): KeywordDefault | undefined {
  const host = /(?:^|\s)host=(\S+)/.exec(text)?.[1];
  return host !== undefined && keywordsPattern.test(text) ? { kind: 'keywords', host, text } : undefined;
}

function around(before: string, address: AddressDefault | undefined, after: string): AddressDefault | undefined {
  if (address === undefined) return undefined;
  return { ...address, before: before + address.before, after: address.after + after };
}

import type { PublicAddress } from './imported-template.ts';

/** As a specification has it: `HOST[:PORT][/PATH[#strip]]`, with the port of the container. */
export function addressText({ host, port, path = '', strip }: PublicAddress): string {
  return `${host}${port === undefined ? '' : `:${String(port)}`}${path}${strip === true ? '#strip' : ''}`;
}

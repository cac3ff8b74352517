import { dnsLabel } from '@ushadow/kubernetes';
import type { EmitContext } from './emit-context.ts';

/** A name for a further Service of a name, which is no name of the project. */
export function spareName(endpoint: string, purpose: string, { endpoints, plan }: EmitContext): string {
  for (let number = 1; ; number++) {
    const name = dnsLabel(`${endpoint}-${purpose}${number === 1 ? '' : `-${number}`}`, 'rfc1035');
    if (!endpoints.has(name) && !plan.aliases.some((alias) => alias.name === name)) return name;
  }
}

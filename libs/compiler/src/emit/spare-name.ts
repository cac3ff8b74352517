import { freeName } from '../names/free-name.ts';
import type { EmitContext } from './emit-context.ts';

/** A name for a further Service of a name, which is no name of the project. */
export function spareName(endpoint: string, purpose: string, { endpoints, aliases }: EmitContext): string {
  const isTaken = (name: string): boolean => endpoints.has(name) || aliases.has(name);
  return freeName(`${endpoint}-${purpose}`, isTaken, { rule: 'rfc1035' });
}

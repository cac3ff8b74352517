export interface Provided {
  readonly name: string;
  /** Where it stands: in labels, in Traefik itself, or in a file or the like. */
  readonly provider: 'labels' | 'internal' | 'other';
}

/** `name`, or `name@provider`. */
export function providerOf(written: string): Provided {
  const at = written.indexOf('@');
  if (at < 0) return { name: written, provider: 'labels' };
  const name = written.slice(0, at);
  switch (written.slice(at + 1)) {
    case 'docker':
    case 'swarm':
      return { name, provider: 'labels' };
    case 'internal':
      return { name, provider: 'internal' };
    default:
      return { name, provider: 'other' };
  }
}

/** A name that a host can have (RFC 1123), as a rule of an Ingress or an HTTPRoute takes it. */
export function isHost(text: string): boolean {
  return (
    text.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
  );
}

/** Gives addresses out: the first one is the domain itself, each further one a label below it. */
export class Hosts {
  readonly domain: string;
  readonly #given = new Set<string>();

  constructor(domain: string) {
    this.domain = domain;
  }

  /** `wanted`: what the label is made of. */
  next(wanted: string): string {
    const label = labelOf(wanted);
    let host = this.#given.size === 0 ? this.domain : `${label}.${this.domain}`;
    for (let count = 2; this.#given.has(host); count += 1) host = `${label}-${String(count)}.${this.domain}`;
    this.#given.add(host);
    return host;
  }

  /** The domain itself, whoever has it. */
  main(): string {
    this.#given.add(this.domain);
    return this.domain;
  }

  get given(): readonly string[] {
    return [...this.#given];
  }
}

/** A domain that belongs to nobody, where none is given (RFC 2606). */
export function placeholderDomain(name: string): string {
  return `${labelOf(name)}.example.com`;
}

const LABEL_MAX = 40;

function labelOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LABEL_MAX)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'app' : plain;
}

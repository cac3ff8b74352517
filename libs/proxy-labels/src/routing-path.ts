/** What the address itself is made with; Traefik leaves it encoded, in capitals. */
const RESERVED = new Set([...":/?#[]@!$&'()*+,;=%"].map((character) => encoded(character)));

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The path as matchers of Traefik see it: decoded, but for reserved characters. */
export function routingPath(path: string): string {
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    run
      .toUpperCase()
      .split(/(%(?:3A|2F|3F|23|5B|5D|40|21|24|26|27|28|29|2A|2B|2C|3B|3D|25))/)
      .map((part) => (RESERVED.has(part) ? part : decoded(part)))
      .join(''),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

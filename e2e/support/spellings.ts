/** How a secret may show: as it is, URL-encoded, and inside longer base64 at each of the three alignments. */
export function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const aligned = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return [secret, encodeURIComponent(secret), ...aligned, bytes.toString('hex')];
}

/** How a secret could be written down: as it is, in JSON, in a URL, and in base64 at each of its three alignments. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const aligned = [0, 1, 2].flatMap((shift) => {
    // What stands before and behind it decides the outer characters; the inner ones are always the same.
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = text.slice(shift === 0 ? 0 : shift + 1, -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...aligned])];
}

/** Which of these secrets a text gives away, in whatever spelling. */
export function givenAway(text: string, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling)))
    .map(([name]) => name);
}

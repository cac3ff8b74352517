/** Text from a cluster without what a terminal would obey: escapes, bells, carriage returns. */
export function visibleText(text: string): string {
  return [...text].map((character) => (isControl(character) ? '�' : character)).join('');
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code < 0x20 && character !== '\n' && character !== '\t') || (code >= 0x7f && code < 0xa0);
}

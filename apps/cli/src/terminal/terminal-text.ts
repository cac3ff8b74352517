import { styleText } from 'node:util';

export type Style = 'red' | 'yellow' | 'blue' | 'dim' | 'bold';

export type TextStyler = (style: Style, text: string) => string;

/** Colours for a terminal, plain text elsewhere and where NO_COLOR is set. */
export function textStyler(isTerminal: boolean, environment: Readonly<Record<string, string>>): TextStyler {
  const colours = isTerminal && !environment['NO_COLOR'];
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/** Text from a cluster without what a terminal would obey: escapes, bells, carriage returns. */
export function visibleText(text: string): string {
  return [...text].map((character) => (isControl(character) ? '�' : character)).join('');
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code < 0x20 && character !== '\n' && character !== '\t') || (code >= 0x7f && code < 0xa0);
}

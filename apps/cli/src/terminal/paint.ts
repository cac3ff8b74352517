import { styleText } from 'node:util';

export type Style = 'red' | 'yellow' | 'blue' | 'dim' | 'bold';

export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal, plain text elsewhere and where NO_COLOR is set. */
export function painter(isTerminal: boolean, environment: Readonly<Record<string, string>>): Paint {
  const colours = isTerminal && !environment['NO_COLOR'];
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

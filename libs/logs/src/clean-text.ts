const ESCAPE = '\u001b';
const BELL = '\u0007';
/** Escape sequences of terminals: those that set a colour, and all others, among them what sets titles or moves the cursor. */
const SEQUENCE = new RegExp(
  [
    `${ESCAPE}\\[[0-?]*[ -/]*[@-~]`,
    `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?`,
    `${ESCAPE}[ -/]*[0-Z\\\\\`-~]`,
  ].join('|'),
  'g',
);
const COLOUR = new RegExp(`^${ESCAPE}\\[[0-9;:]*m$`);
const LONE_ESCAPE = new RegExp(`${ESCAPE}(?!\\[[0-9;:]*m)`, 'g');

const REPLACEMENT = '\ufffd';
const CARRIAGE_RETURN = '\u240d';
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/**
 * A line as text that can be shown anywhere. What is no UTF-8 and what controls a terminal is replaced or left out, colours
 * alone stay; a carriage return within the line, by which programs write over what stands there, is shown as a sign.
 */
export function cleanText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  if (!hasControls(line)) return line;
  const coloured = line
    .replace(SEQUENCE, (sequence) => (COLOUR.test(sequence) ? sequence : ''))
    .replaceAll('\r', CARRIAGE_RETURN)
    .replace(LONE_ESCAPE, '');
  return [...coloured].map((character) => (isControl(character) ? REPLACEMENT : character)).join('');
}

/** Without colours: for who looks for a text, or has none. */
export function withoutColours(text: string): string {
  return text.includes(ESCAPE) ? text.replace(SEQUENCE, '') : text;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}

function isControl(character: string): boolean {
  return character !== ESCAPE && character.length === 1 && hasControls(character);
}

import fc from 'fast-check';

/** Pieces that mean something to YAML, to interpolation or to Compose. */
export const PIECES = [
  '${',
  '${A:-',
  '${A:?e}',
  '$$',
  '}',
  '*a',
  '&a ',
  '<<: *a',
  '<<: ',
  '!reset ',
  '!override ',
  '!!int ',
  '[',
  ']',
  '{',
  '}',
  ': ',
  '- ',
  '? ',
  '|\n',
  '>-\n',
  '---\n',
  '...\n',
  '\t',
  '\r\n',
  '\uFEFF',
  '\u0000',
  '\uD800',
  '"',
  "'",
  '#',
  'null',
  'yes',
  '0o17',
  '1e999',
  '.inf',
  '-9223372036854775809',
  '99999999999999999999',
  'services:\n',
  'extends: web\n',
  'include: [compose.yaml]\n',
  'depends_on: [web]\n',
  'network_mode: service:web\n',
  'ports: ["1-70000:80"]\n',
  'ports: ["1-65535:1-65535"]\n',
  'volumes: [/:/]\n',
  'deploy: {replicas: 1e308}\n',
  'mem_limit: 9e99\n',
  'x-a: &a {b: &b [*a]}\n',
  '__proto__: 1\n',
  'constructor: {}\n',
  'toString: x\n',
];

type Edit = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 0, max: 60 });

function at(text: string, part: number): number {
  return Math.floor(part * text.length);
}

function swapLines(text: string, first: number, second: number): string {
  const lines = text.split('\n');
  const [a, b] = [Math.floor(first * (lines.length - 1)), Math.floor(second * (lines.length - 1))];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\n');
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, length).map(
    ([start, size]): Edit =>
      (text) =>
        text.slice(0, at(text, start)) + text.slice(at(text, start) + size),
  ),
  fc.tuple(place, length, place).map(([start, size, target]): Edit => (text) => {
    const piece = text.slice(at(text, start), at(text, start) + size);
    return text.slice(0, at(text, target)) + piece + text.slice(at(text, target));
  }),
  fc.tuple(place, length, fc.integer({ min: 2, max: 50 })).map(([start, size, times]): Edit => (text) => {
    const [from, to] = [at(text, start), at(text, start) + size];
    return text.slice(0, from) + text.slice(from, to).repeat(times) + text.slice(to);
  }),
  fc.tuple(place, fc.constantFrom(...PIECES)).map(
    ([start, piece]): Edit =>
      (text) =>
        text.slice(0, at(text, start)) + piece + text.slice(at(text, start)),
  ),
  fc.tuple(place, place).map(
    ([first, second]): Edit =>
      (text) =>
        swapLines(text, first, second),
  ),
  fc.tuple(place, fc.integer({ min: -4, max: 4 })).map(([part, indent]): Edit => (text) => {
    const lines = text.split('\n');
    const index = Math.floor(part * lines.length);
    const line = lines[index] ?? '';
    lines[index] = indent < 0 ? line.slice(-indent) : ' '.repeat(indent) + line;
    return lines.join('\n');
  }),
);

/** A text of the corpus with a few random edits. */
export function mutated(corpus: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...corpus), fc.array(edit, { minLength: 1, maxLength: 8 }))
    .map(([text, edits]) => edits.reduce((current, apply) => apply(current), text));
}

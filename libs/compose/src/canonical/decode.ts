import type { Report } from '../diagnostics/report.ts';
import { readBoolean, readInteger, readNumber } from '../interpolate/casts.ts';
import { formatValue } from '../merge/format-value.ts';
import { map, scalar, seq, textOf, withEntries } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { parseByteCount } from './byte-count.ts';
import { decodeCollection, type Decode } from './decode-collection.ts';
import { formatDuration, parseDurationNs } from './duration.ts';
import { PROJECT_SHAPE } from './shapes.ts';
import type { Fields, Shape } from './shapes.ts';
import { splitCommand } from './split-command.ts';

/** Brings every value to the type and text of the canonical project; positions stay. */
export function decodeProject(root: MapNode, report: Report): MapNode {
  return decodeFields(root, PROJECT_SHAPE, [], report);
}

function decodeFields(node: MapNode, fields: Fields, path: Path, report: Report): MapNode {
  const entries = new Map<string, Node>();
  for (const [key, value] of node.entries) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const decoded = shape ? decode(value, shape, [...path, key], report) : key.startsWith('x-') ? value : undefined;
    if (decoded) entries.set(key, decoded);
  }
  for (const key of ['command', 'entrypoint']) {
    if (fields[key] === 'command' && !entries.has(key)) entries.set(key, scalar(null, node.at));
  }
  return withEntries(node, entries);
}

function decode(node: Node, shape: Shape, path: Path, report: Report): Node | undefined {
  if (typeof shape === 'string') return DECODERS[shape](node, path, report);
  if ('list' in shape) return decodeList(node, shape.list, path, report);
  if ('entries' in shape) return decodeEntries(node, shape, path, report);
  if (node.kind !== 'map') return undefined;
  return decodeFields(node, shape.fields, path, report);
}

function decodeList(node: Node, shape: Shape, path: Path, report: Report): Node | undefined {
  if (node.kind !== 'seq' || node.items.length === 0) return undefined;
  const items = node.items.flatMap((item, index) => decode(item, shape, [...path, String(index)], report) ?? []);
  return seq(items, node.at);
}

function decodeEntries(
  node: Node,
  shape: Extract<Shape, { entries: Shape }>,
  path: Path,
  report: Report,
): Node | undefined {
  if (node.kind !== 'map' || node.entries.size === 0) return undefined;
  const entries = new Map<string, Node>();
  for (const [key, value] of node.entries) {
    const empty = value.kind === 'scalar' && value.value === null;
    const decoded = empty && shape.nullable ? value : decode(value, shape.entries, [...path, key], report);
    if (decoded) entries.set(key, decoded);
  }
  return withEntries(node, entries);
}

const ofScalar =
  (read: (node: ScalarNode, path: Path, report: Report) => ScalarNode['value'] | undefined): Decode =>
  (node, path, report) => {
    if (node.kind !== 'scalar' || node.value === null) return undefined;
    const value = read(node, path, report);
    return value === undefined ? undefined : value === node.value ? node : { ...node, value };
  };

const unlessZero =
  (decoder: Decode): Decode =>
  (node, path, report) => {
    const decoded = decoder(node, path, report);
    const value = decoded?.kind === 'scalar' ? decoded.value : undefined;
    return value === 0 || value === '' || value === false || value === '0' || value === '0s' ? undefined : decoded;
  };

function wrongType(type: string, node: ScalarNode, path: Path, report: Report): undefined {
  report.addFinal('CPS0204', { type }, path, node.at);
}

const text = ofScalar((node) => formatValue(node));

const boolean = ofScalar((node, path, report) => {
  if (typeof node.value === 'boolean') return node.value;
  const read = readBoolean(formatValue(node));
  if (!read) return wrongType('true or false', node, path, report);
  if (read.old) report.add('CPS0205', { text: formatValue(node), meant: String(read.value) }, path, node.at);
  return read.value;
});

const integer = ofScalar((node, path, report) => {
  if (typeof node.value === 'number') return Math.trunc(node.value);
  return readInteger(formatValue(node)) ?? wrongType('a whole number', node, path, report);
});

const natural: Decode = (node, path, report) => {
  const decoded = integer(node, path, report);
  if (decoded?.kind !== 'scalar' || Number(decoded.value) >= 0) return decoded;
  report.addFinal('CPS0404', { expected: '0 or more' }, path, node.at);
  return undefined;
};

/** A number of single precision, shown with the digits it needs. */
const single = ofScalar((node, path, report) => {
  const value = typeof node.value === 'number' ? node.value : readNumber(formatValue(node));
  if (value === undefined) return wrongType('a number', node, path, report);
  return shortestSingle(value);
});

function shortestSingle(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(rounded.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return rounded;
}

const bytes = ofScalar((node, path, report) => {
  if (typeof node.value === 'number') return String(Math.trunc(node.value));
  const count = parseByteCount(formatValue(node));
  if (count !== undefined) return String(count);
  report.addFinal('CPS0606', { text: formatValue(node) }, path, node.at);
  return undefined;
});

const duration = ofScalar((node, path, report) => {
  const ns = parseDurationNs(formatValue(node));
  if (ns !== undefined) return formatDuration(ns);
  report.addFinal('CPS0605', { text: formatValue(node) }, path, node.at);
  return undefined;
});

const mode = ofScalar((node, path, report) => {
  if (typeof node.value === 'number' && !node.float) return `0${node.value.toString(8)}`;
  const written = formatValue(node);
  if (/^[0-7]+$/.test(written)) return `0${Number.parseInt(written, 8).toString(8)}`;
  return wrongType('an octal number', node, path, report);
});

/** Only a number written as such: quoted digits could be meant in base ten or eight. */
const octalInteger = ofScalar((node, path, report) =>
  typeof node.value === 'number' ? node.value : wrongType('an octal number without quotes', node, path, report),
);

const count = ofScalar((node, path, report) => {
  if (typeof node.value === 'number') return node.value;
  const written = formatValue(node);
  return written.toLowerCase() === 'all'
    ? -1
    : (readInteger(written) ?? wrongType('a whole number', node, path, report));
});

const command: Decode = (node, path, report) => {
  if (node.kind === 'seq')
    return seq(
      node.items.flatMap((item) => text(item, path, report) ?? []),
      node.at,
    );
  const line = textOf(node);
  if (line === undefined) return undefined;
  const words = splitCommand(line);
  if (words)
    return seq(
      words.map((word) => scalar(word, node.at)),
      node.at,
    );
  report.addFinal('CPS0607', {}, path, node.at);
  return undefined;
};

const test: Decode = (node, path, report) => {
  const line = textOf(node);
  if (line !== undefined) return seq([scalar('CMD-SHELL', node.at), node], node.at);
  return texts(node, path, report);
};

const texts: Decode = (node, path, report) => {
  if (node.kind !== 'seq' || node.items.length === 0) return undefined;
  return seq(
    node.items.flatMap((item) => text(item, path, report) ?? []),
    node.at,
  );
};

const oneOrMore: Decode = (node, path, report) =>
  texts(node.kind === 'scalar' && node.value !== null ? seq([node], node.at) : node, path, report);

const ulimit: Decode = (node, path, report) => {
  if (node.kind !== 'map') return integer(node, path, report);
  const parts = [...node.entries].flatMap(([key, value]): [string, Node][] => {
    const decoded = key === 'soft' || key === 'hard' ? unlessZero(integer)(value, [...path, key], report) : undefined;
    return decoded ? [[key, decoded]] : [];
  });
  return map(parts, node.at);
};

const optOut: Decode = (node, path, report) => {
  const decoded = boolean(node, path, report);
  return decoded?.kind === 'scalar' && decoded.value === true ? undefined : decoded;
};

const DECODERS: Record<Extract<Shape, string>, Decode> = {
  text: unlessZeroText(),
  boolean: unlessZero(boolean),
  'boolean or nothing': boolean,
  integer: unlessZero(integer),
  'integer or nothing': integer,
  natural: unlessZero(natural),
  'natural or nothing': natural,
  number: unlessZero(single),
  single: unlessZero(single),
  bytes: unlessZero(bytes),
  duration: unlessZero(duration),
  'duration or nothing': duration,
  mode,
  'octal integer': unlessZero(octalInteger),
  texts,
  'text or texts': oneOrMore,
  'texts of anything': oneOrMore,
  command,
  test,
  labels: decodeCollection.labels,
  mapping: decodeCollection.mapping,
  environment: decodeCollection.environment,
  options: decodeCollection.options,
  'multi options': decodeCollection.multiOptions,
  hosts: decodeCollection.hosts,
  ssh: decodeCollection.ssh,
  ulimit,
  count: unlessZero(count),
  'opt-out': optOut,
  'kept boolean': boolean,
  'kept text': text,
  'kept integer': integer,
  'kept bytes': bytes,
};

function unlessZeroText(): Decode {
  return (node, path, report) => {
    const decoded = text(node, path, report);
    return decoded?.kind === 'scalar' && decoded.value === '' ? undefined : decoded;
  };
}

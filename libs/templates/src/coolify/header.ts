import type { TemplateInfo } from '../imported-template.ts';
import type { SourceText } from '../source-text.ts';

/** What the comments at the top of a file say, `# key: value`. */
export interface Header {
  readonly fields: Readonly<Record<string, string>>;
  /** Where a field stands. */
  readonly offsetOf: (field: string) => number;
}

export function readHeader({ text }: SourceText): Header {
  const fields = new Map<string, string>();
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const line of text.split('\n', LINES_MAX)) {
    const [, key, value = ''] = /^#\s*([A-Za-z_]+)\s*:(.*)$/.exec(line) ?? [];
    if (key !== undefined && !fields.has(key.toLowerCase())) {
      fields.set(key.toLowerCase(), value.trim().slice(0, VALUE_MAX));
      offsets.set(key.toLowerCase(), offset);
    } else if (!/^\s*(?:#.*|---\s*)?$/.test(line)) break;
    offset += line.length + 1;
  }
  return { fields: Object.fromEntries(fields), offsetOf: (field) => offsets.get(field) ?? 0 };
}

const LINES_MAX = 200;
const VALUE_MAX = 2_000;

export function infoOf({ fields }: Header, name: string): TemplateInfo {
  const { slogan, documentation, logo, category, tags = '' } = fields;
  return {
    kind: 'coolify',
    name,
    ...(slogan ? { description: slogan } : {}),
    ...(documentation ? { documentation } : {}),
    ...(logo ? { logo } : {}),
    ...(category ? { category } : {}),
    tags: tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  };
}

/** The port that the header names; undefined where it names none, or something else. */
export function portOf({ fields }: Header): number | undefined {
  const text = fields['port'] ?? '';
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

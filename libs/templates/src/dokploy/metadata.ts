import type { TemplateInfo } from '../imported-template.ts';

/** What a template says of itself, in its own file or in `metadata`. */
export function infoOf(
  metadata: Readonly<Record<string, unknown>>,
  file: string | undefined,
  name: string,
): TemplateInfo {
  const said = { ...metadata, ...parsed(file) };
  const text = (key: string, from: Readonly<Record<string, unknown>> = said): string | undefined => {
    const value = Object.hasOwn(from, key) ? from[key] : undefined;
    return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_MAX) : undefined;
  };
  const links = isTable(said['links']) ? said['links'] : {};
  const { description, version, logo } = {
    description: text('description'),
    version: text('version'),
    logo: text('logo'),
  };
  const [documentation, website] = [text('docs', links), text('website', links) ?? text('github', links)];
  const tags = Array.isArray(said['tags']) ? (said['tags'] as unknown[]) : [];
  return {
    kind: 'dokploy',
    name: text('name') ?? name,
    ...(description === undefined ? {} : { description }),
    ...(documentation === undefined ? {} : { documentation }),
    ...(website === undefined ? {} : { website }),
    ...(logo === undefined ? {} : { logo }),
    ...(version === undefined ? {} : { version }),
    tags: tags.filter((tag) => typeof tag === 'string').slice(0, TAGS_MAX),
  };
}

const TEXT_MAX = 2_000;
const TAGS_MAX = 50;

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** It is for readers: one that cannot be read is as good as none. */
function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isTable(value) ? value : {};
  } catch {
    return {};
  }
}

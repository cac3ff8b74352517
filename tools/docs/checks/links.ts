import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Finding, Page } from '../page.ts';

/** Relative links that lead nowhere. Addresses of other hosts are not asked: a check must not depend on them. */
export function deadLinks(pages: readonly Page[], root: string): readonly Finding[] {
  const known = new Map(pages.map((page) => [page.path, page]));
  return pages.flatMap(({ path, anchors, links }) =>
    links.flatMap(({ text, line }) => {
      if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(text)) return [];
      const [file = '', anchor] = decodeURIComponent(text).split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), file);
      if (target.startsWith('..') || !existsSync(posix.join(root, target))) {
        return [{ path, line, message: `the link ${text} leads to no file` }];
      }
      const there = file === '' ? anchors : known.get(target)?.anchors;
      if (anchor === undefined || there === undefined || there.has(anchor)) return [];
      return [{ path, line, message: `${target} has no heading for the link ${text}` }];
    }),
  );
}

import type { Scalar } from 'yaml';
import { isScalar } from 'yaml';
import type { ComposeText } from '../compose/compose-text.ts';
import { entriesOf, entry, itemsOf, textOf } from '../compose/yaml-nodes.ts';
import type { Findings } from '../findings.ts';
import { pathInside } from '../source-text.ts';

/** What Coolify reads in a service, and Compose forbids. */
const SERVICE_KEYS = ['exclude_from_hc'];
/** What Compose knows of a volume in its long form; Coolify has `content`, `is_directory`, `mode` and more. */
const VOLUME_KEYS = /^(?:type|source|target|read_only|consistency|bind|volume|tmpfs|image|x-.*)$/;
const CONTENT = 'content';

/** Content that stands in the Compose file, by the node that has it. */
export function contentNodes({ services, document }: ComposeText): ReadonlySet<Scalar> {
  const nodes = services.flatMap(({ value }) =>
    itemsOf(entry(value, 'volumes', document)?.value, document).map((item) => entry(item, CONTENT, document)?.value),
  );
  return new Set(nodes.filter(isScalar));
}

/** Takes out what only the platform knows; content becomes files, by path. */
export function takePlatformKeys(compose: ComposeText, findings: Findings): ReadonlyMap<string, string> {
  const { document } = compose;
  const files = new Map<string, string>();
  const passed = new Set<string>();
  for (const { value: service } of compose.services) {
    for (const each of entriesOf(service, document)) {
      if (!SERVICE_KEYS.includes(each.name)) continue;
      compose.remove(each);
      passed.add(each.name);
    }
    for (const item of itemsOf(entry(service, 'volumes', document)?.value, document)) {
      for (const each of entriesOf(item, document)) {
        if (VOLUME_KEYS.test(each.name)) continue;
        compose.remove(each);
        if (each.name !== CONTENT) passed.add(each.name);
      }
      takeContent(item, compose, files);
    }
  }
  if (passed.size > 0) findings.add('TPL0304', { keys: [...passed] });
  if (files.size > 0) findings.add('TPL0303', { files: [...files.keys()] });
  return files;
}

function takeContent(item: unknown, compose: ComposeText, files: Map<string, string>): void {
  const { document } = compose;
  const content = textOf(entry(item, CONTENT, document)?.value);
  const source = entry(item, 'source', document)?.value;
  const text = textOf(source);
  if (content === undefined || text === undefined || !isScalar(source)) return;
  const inside = text.startsWith('/') || text.includes('$') ? undefined : pathInside(text);
  const path = inside ?? freeName(text, files);
  if (inside === undefined) compose.rewrite(source, `./${path}`);
  files.set(path, content);
}

/** A file of a path that lies elsewhere gets a place in the project. */
function freeName(source: string, files: ReadonlyMap<string, string>): string {
  const name = source.slice(source.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '') || 'file';
  for (let count = 1; ; count += 1) {
    const path = `files/${count === 1 ? '' : `${String(count)}-`}${name}`;
    if (!files.has(path)) return path;
  }
}

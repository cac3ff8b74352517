import type { Document } from 'yaml';
import { LineCounter, isMap, isNode, parseAllDocuments } from 'yaml';
import type { KubeconfigProblem, KubeconfigProblemCode } from './problem.ts';

/** Maps are Maps: no key of the document can reach a prototype. */
export type YamlTree = string | number | boolean | null | readonly YamlTree[] | ReadonlyMap<YamlTree, YamlTree>;
export type DocumentPath = readonly (string | number)[];

export interface KubeconfigDocument {
  readonly root: ReadonlyMap<YamlTree, YamlTree>;
  /** 1-based position of a path, or of its nearest ancestor that is written down. */
  locate(path: DocumentPath): { line: number; column: number } | undefined;
}

const MAX_CHARACTERS = 256 * 1024;
const MAX_ALIASES = 20;

/** Reads the YAML under limits; gives the tree, or the one problem that stops reading. */
export function readDocument(text: string): KubeconfigDocument | KubeconfigProblem {
  if (text.length > MAX_CHARACTERS) {
    return problem('TOO_LARGE', 'the kubeconfig is larger than 256 KiB', 'keep only the context you want to add');
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { schema: 'core', lineCounter: lines, uniqueKeys: true, merge: false });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document === undefined) return problem('NOT_A_KUBECONFIG', 'the document is empty', PASTE_WHOLE);
  if (documents.length > 1) {
    return problem('MULTIPLE_DOCUMENTS', 'the file holds several YAML documents', 'paste one kubeconfig at a time');
  }
  return readTree(document, lines);
}

const PASTE_WHOLE = 'paste the whole output of `kubectl config view --raw --minify`';

function readTree(document: Document, lines: LineCounter): KubeconfigDocument | KubeconfigProblem {
  const error = document.errors[0];
  if (error !== undefined) {
    if (error.code === 'RESOURCE_EXHAUSTION') {
      return problem('TOO_DEEP', 'the document is nested too deeply', PASTE_WHOLE);
    }
    const { line, col } = lines.linePos(error.pos[0]);
    return error.code === 'DUPLICATE_KEY'
      ? problem('DUPLICATE_KEY', 'a key appears twice in one map', 'remove one of the two', line, col)
      : problem('NOT_YAML', `not valid YAML (${error.code})`, 'correct the text at this place', line, col);
  }
  if (!isMap(document.contents)) return problem('NOT_A_KUBECONFIG', 'the document is not a map of fields', PASTE_WHOLE);
  try {
    const root = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES }) as ReadonlyMap<YamlTree, YamlTree>;
    return { root, locate: (path) => locate(document, lines, path) };
  } catch {
    return problem('ALIAS_BOMB', 'the document repeats itself through too many YAML aliases', 'write values out');
  }
}

function locate(
  document: Document,
  lines: LineCounter,
  path: DocumentPath,
): { line: number; column: number } | undefined {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return undefined;
}

function problem(
  code: KubeconfigProblemCode,
  message: string,
  remedy: string,
  line?: number,
  column?: number,
): KubeconfigProblem {
  return { code, path: '', message, remedy, ...(line === undefined || column === undefined ? {} : { line, column }) };
}

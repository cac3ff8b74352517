import GithubSlugger from 'github-slugger';
import type { Nodes, Root, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** What there is to check in one markdown file. */
export type Page = {
  /** From the repository's root. */
  readonly path: string;
  /** What a link may name after `#`. */
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Located[];
  /** `code` within the text. */
  readonly codes: readonly Located[];
  readonly blocks: readonly Block[];
  /** Code that stands for a setting: first column of a table headed `setting`, or a paragraph that begins with `Settings:`. */
  readonly settings: readonly Located[];
};

export type Located = { readonly text: string; readonly line: number };

export type Block = Located & {
  /** The word after the fence: `sh`, `ts`; empty for none. */
  readonly language: string;
  /** Why it is not executed, as the comment before it says. */
  readonly skip: string | undefined;
};

export type Finding = { readonly path: string; readonly line: number; readonly message: string };

const SKIP = /^<!--\s*docs:check skip:\s*(\S.*?)\s*-->$/s;

export function parsePage(path: string, text: string): Page {
  const root = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const slugger = new GithubSlugger();
  const nodes = [...everyNode(root)];
  return {
    path,
    anchors: new Set(nodes.flatMap((node) => (node.type === 'heading' ? [slugger.slug(textOf(node))] : []))),
    links: nodes.flatMap((node) => ('url' in node ? [located(node, node.url)] : [])),
    codes: nodes.flatMap((node) => (node.type === 'inlineCode' ? [located(node, node.value)] : [])),
    blocks: nodes.flatMap((node) => ('children' in node ? blocksIn(node.children) : [])),
    settings: nodes.flatMap((node) => settingsIn(node)),
  };
}

function* everyNode(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* everyNode(child);
}

function blocksIn(siblings: readonly Nodes[]): Block[] {
  return siblings.flatMap((node, index) => {
    if (node.type !== 'code') return [];
    const before = siblings[index - 1];
    const skip = before?.type === 'html' ? SKIP.exec(before.value)?.[1] : undefined;
    // The first line of the code itself, not of its fence.
    return [{ text: node.value, line: lineOf(node) + 1, language: node.lang ?? '', skip }];
  });
}

function settingsIn(node: Nodes): Located[] {
  if (node.type === 'table') return settingColumn(node);
  if (node.type !== 'paragraph' || !textOf(node).startsWith('Settings:')) return [];
  return codesWithin(node);
}

function settingColumn({ children: [head, ...rows] }: Table): Located[] {
  const title = head?.children[0];
  if (title === undefined || textOf(title) !== 'setting') return [];
  return rows.flatMap(({ children: [first] }) => (first === undefined ? [] : codesWithin(first)));
}

function codesWithin(node: Nodes): Located[] {
  return [...everyNode(node)].flatMap((each) => (each.type === 'inlineCode' ? [located(each, each.value)] : []));
}

function textOf(node: Nodes): string {
  return [...everyNode(node)]
    .map((each) => (each.type === 'text' || each.type === 'inlineCode' ? each.value : ''))
    .join('');
}

function located(node: Nodes, text: string): Located {
  return { text, line: lineOf(node) };
}

function lineOf(node: Root | RootContent | Nodes): number {
  return node.position?.start.line ?? 1;
}

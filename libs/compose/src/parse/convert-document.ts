import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Alias, Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { LoadLimits } from '../limits.ts';
import type { Position } from '../positions.ts';
import type { Report } from '../diagnostics/report.ts';
import { scalar, weightOf } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';
import { applyMergeKeys } from './merge-keys.ts';
import type { ReadBudget } from './parsed-document.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { resolvePlain, resolveTagged } from './resolve-scalar.ts';

interface Context {
  readonly locate: (offset: number) => Position;
  readonly limits: LoadLimits;
  readonly budget: ReadBudget;
  readonly report: Report;
}

/** A node with what its aliases must repeat: its size, and the tagged places below it. */
export interface Converted {
  /** Undefined: tagged `!reset`. */
  readonly node: Node | undefined;
  readonly size: number;
  readonly resets: readonly Path[];
}

type YamlNode = Alias | Scalar | YAMLMap | YAMLSeq;

class Abandon extends Error {}

/** Turns a parsed document into immutable nodes; undefined when it has errors of structure (all are reported). */
export function convertDocument(document: Document.Parsed, context: Context): ParsedDocument | undefined {
  const converter = new Converter(context);
  try {
    const contents = document.contents as YamlNode | null;
    if (contents === null) return undefined;
    const { node, resets, size } = converter.convert(contents);
    return node && !converter.failed ? { root: node, resets, size } : undefined;
  } catch (error) {
    if (error instanceof Abandon) return undefined;
    throw error;
  }
}

class Converter {
  failed = false;
  readonly #context: Context;
  readonly #anchors = new Map<string, Converted | 'open'>();
  /** Of the node being converted; what is below adds its step and takes it away again. */
  readonly #path: string[] = [];
  #pathLength = 0;
  #depth = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  convert(yaml: YamlNode | null, fallback?: Position): Converted {
    if (!yaml) return leaf(scalar(null, fallback ?? { file: '', line: 1, column: 1 }));
    if (isAlias(yaml)) return this.#alias(yaml);
    const { anchor } = yaml;
    if (anchor) this.#anchors.set(anchor, 'open');
    const converted = this.#tagged(yaml);
    if (anchor) this.#anchors.set(anchor, converted);
    return converted;
  }

  #at(yaml: { range?: readonly [number, number, number] | null | undefined }): Position {
    return this.#context.locate(yaml.range?.[0] ?? 0);
  }

  #fail(code: 'CPS0103' | 'CPS0104', alias: Alias): Converted {
    this.failed = true;
    this.#context.report.add(code, { alias: alias.source }, this.#path, this.#at(alias));
    return leaf(scalar(null, this.#at(alias)));
  }

  #alias(alias: Alias): Converted {
    const target = this.#anchors.get(alias.source);
    if (!target) return this.#fail('CPS0103', alias);
    if (target === 'open') return this.#fail('CPS0104', alias);
    this.#spend(target.size, alias);
    return target;
  }

  #spend(size: number, yaml: YamlNode): void {
    const { budget, limits, report } = this.#context;
    budget.nodesLeft -= size;
    if (budget.nodesLeft >= 0) return;
    report.add('CPS0008', { limit: limits.nodesMax }, '', this.#at(yaml));
    throw new Abandon();
  }

  /** The names above a node stand in each finding about it. */
  #enter(step: string, yaml: YamlNode): void {
    this.#path.push(step);
    this.#pathLength += step.length;
    const { limits, report } = this.#context;
    if (this.#pathLength <= limits.pathLengthMax) return;
    report.add('CPS0015', { limit: limits.pathLengthMax }, '', this.#at(yaml));
    throw new Abandon();
  }

  #leave(): void {
    this.#pathLength -= this.#path.pop()?.length ?? 0;
  }

  #tagged(yaml: Scalar | YAMLMap | YAMLSeq): Converted {
    this.#spend(isScalar(yaml) ? weightOf(textOf(yaml)) : 1, yaml);
    if (yaml.tag === '!reset') return { node: undefined, size: 1, resets: [[]] };
    const converted = isScalar(yaml) ? this.#scalar(yaml) : this.#collection(yaml);
    return yaml.tag === '!override' ? { ...converted, resets: [[]] } : converted;
  }

  #scalar(yaml: Scalar): Converted {
    const at = this.#at(yaml);
    const text = textOf(yaml);
    const tag = yaml.tag && yaml.tag !== '!override' ? yaml.tag : undefined;
    const plain = yaml.type === 'PLAIN' || yaml.type === undefined;
    const read = tag ? resolveTagged(tag, text) : plain ? resolvePlain(text) : { value: text };
    if (read) return leaf(read.float ? { kind: 'scalar', value: read.value, at, float: true } : scalar(read.value, at));
    this.failed = true;
    this.#context.report.add('CPS0109', { tag: tag ?? '' }, this.#path, at);
    return leaf(scalar(text, at));
  }

  #collection(yaml: YAMLMap | YAMLSeq): Converted {
    this.#depth += 1;
    if (this.#depth > this.#context.limits.depthMax) {
      this.#context.report.add('CPS0007', { limit: this.#context.limits.depthMax }, this.#path, this.#at(yaml));
      throw new Abandon();
    }
    const converted = isSeq(yaml) ? this.#seq(yaml) : this.#map(yaml);
    this.#depth -= 1;
    return converted;
  }

  #seq(yaml: YAMLSeq): Converted {
    const items: Node[] = [];
    const resets: Path[] = [];
    const at = this.#at(yaml);
    let size = 1;
    yaml.items.forEach((item, index) => {
      const step = String(index);
      this.#enter(step, yaml);
      const converted = this.convert(asNode(item), at);
      this.#leave();
      size += converted.size;
      for (const reset of converted.resets) resets.push([step, ...reset]);
      if (converted.node) items.push(converted.node);
    });
    return { node: { kind: 'seq', items, at }, size, resets };
  }

  #map(yaml: YAMLMap): Converted {
    const entries = new Map<string, Node>();
    const keysAt = new Map<string, Position>();
    const merges: Node[] = [];
    const resets: Path[] = [];
    let size = 1;
    for (const pair of yaml.items) {
      const key = this.#key(pair);
      if (!key) continue;
      if (this.#duplicate(key, keysAt)) continue;
      const isMerge = key.text === '<<' && key.plain;
      if (!isMerge) this.#enter(key.text, yaml);
      const converted = this.convert(asNode(pair.value), key.at);
      if (!isMerge) this.#leave();
      size += converted.size;
      for (const reset of converted.resets) resets.push(isMerge ? mergedReset(reset) : [key.text, ...reset]);
      if (!converted.node) continue;
      if (isMerge) merges.push(converted.node);
      else entries.set(key.text, converted.node);
    }
    keysAt.delete('<<');
    const node: MapNode = { kind: 'map', entries, keysAt, at: this.#at(yaml) };
    return { node: this.#merged(node, merges), size, resets };
  }

  #merged(node: MapNode, merges: readonly Node[]): MapNode {
    if (merges.length === 0) return node;
    const merged = applyMergeKeys(node, merges);
    if (merged) return merged;
    this.failed = true;
    this.#context.report.add('CPS0105', {}, this.#path, merges[0]?.at ?? node.at);
    return node;
  }

  #duplicate(key: Key, keysAt: Map<string, Position>): boolean {
    const earlier = keysAt.get(key.text);
    if (!earlier) {
      keysAt.set(key.text, key.at);
      return false;
    }
    this.failed = true;
    this.#context.report.add('CPS0102', { key: key.text, line: earlier.line }, [...this.#path, key.text], key.at);
    return true;
  }

  #key(pair: Pair): Key | undefined {
    const yaml = asNode(pair.key);
    const resolved = yaml ? this.convert(yaml).node : undefined;
    const at = isScalar(yaml) && resolved ? resolved.at : yaml ? this.#at(yaml) : { file: '', line: 1, column: 1 };
    if (resolved?.kind === 'scalar' && typeof resolved.value === 'string') {
      return { text: resolved.value, at, plain: isScalar(yaml) && yaml.type === 'PLAIN' };
    }
    this.failed = true;
    const shown = resolved?.kind === 'scalar' ? String(resolved.value) : 'of this entry';
    this.#context.report.add('CPS0106', { key: shown }, this.#path, at);
    return undefined;
  }
}

interface Key {
  readonly text: string;
  readonly at: Position;
  readonly plain: boolean;
}

/** A list of merges: the first step of its places is an index, which is no part of the project's path. */
function mergedReset(reset: Path): Path {
  return /^\d+$/.test(reset[0] ?? '') ? reset.slice(1) : reset;
}

const NO_RESETS: readonly Path[] = [];

function leaf(node: ScalarNode): Converted {
  return { node, size: weightOf(node.value), resets: NO_RESETS };
}

function textOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? '');
}

function asNode(value: unknown): YamlNode | null {
  if (isAlias(value) || isScalar(value) || isMap(value) || isSeq(value)) return value;
  // A pair stands alone in a flow list, `[a: b]`; there it is an item without a node of its own.
  if (isPair(value)) return null;
  return null;
}

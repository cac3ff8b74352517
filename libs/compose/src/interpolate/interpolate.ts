import type { Report } from '../diagnostics/report.ts';
import { withEntries } from '../tree/node.ts';
import type { Node, ScalarNode } from '../tree/node.ts';
import type { PathRules } from '../tree/path-rules.ts';
import type { Path } from '../tree/rewrite.ts';
import type { Work } from '../work.ts';
import { CAST_NAMES, castRules, readBoolean, readInteger, readNumber } from './casts.ts';
import type { Cast } from './casts.ts';
import { reportInvalid } from './report-invalid.ts';
import { substitute } from './template.ts';
import type { Lookup } from './template.ts';

export interface InterpolationContext {
  readonly lookup: Lookup;
  readonly report: Report;
  /** Counts what is made. */
  readonly work: Pick<Work, 'write'>;
  /** Variables already reported as not set: one finding per variable is enough. */
  readonly unset: Set<string>;
  /** Stands for a required variable without a value, in the text that requires it. */
  readonly placeholder?: string | undefined;
  /** Called for every text with variables, with those that have no value; again for each that is required. */
  readonly onTemplate?: ((path: Path, node: ScalarNode, unset: readonly string[]) => void) | undefined;
}

/** Replaces variables in every text value (never in keys), then casts the values whose place asks for it. */
export function interpolate(root: Node, context: InterpolationContext): Node {
  return walk(root, castRules, [], context);
}

/** Texts with variables stay as they are; what later steps would say of their types says nothing. */
export function leaveTemplates(
  node: Node,
  { report, onTemplate }: TemplateContext,
  path: readonly string[] = [],
): Node {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
    report.suppress(node.at);
    onTemplate?.(path, node, []);
    return node;
  }
  const items = node.kind === 'seq' ? [...node.items.entries()] : [...node.entries];
  for (const [key, item] of items) leaveTemplates(item, { report, onTemplate }, [...path, String(key)]);
  return node;
}

type TemplateContext = Pick<InterpolationContext, 'report' | 'onTemplate'>;

/** One path serves the whole walk: each step is added before going down and taken away after. */
function walk(node: Node, casts: PathRules<Cast> | undefined, path: string[], context: InterpolationContext): Node {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? value(node, casts?.rule, path, context) : node;
  if (node.kind === 'seq') {
    let same = true;
    const items = node.items.map((item, index) => {
      const step = String(index);
      path.push(step);
      const next = walk(item, casts?.down(step), path, context);
      path.pop();
      same &&= next === item;
      return next;
    });
    return same ? node : { ...node, items };
  }
  let changed: Map<string, Node> | undefined;
  for (const [key, item] of node.entries) {
    path.push(key);
    const next = walk(item, casts?.down(key), path, context);
    path.pop();
    if (next !== item) (changed ??= new Map(node.entries)).set(key, next);
  }
  return changed ? withEntries(node, changed) : node;
}

function value(node: ScalarNode, cast: Cast | undefined, path: Path, context: InterpolationContext): ScalarNode {
  const template = String(node.value);
  if (!cast && !template.includes('$')) return node;
  const open = new Set<string>();
  const result = substitute(template, context.lookup, (variable) => {
    open.add(variable);
    if (context.unset.has(variable)) return;
    context.unset.add(variable);
    context.report.add('CPS0203', { variable }, path, node.at);
  });
  if ('missing' in result) open.add(result.missing);
  context.onTemplate?.(path, node, [...open]);
  if ('invalid' in result) {
    reportInvalid(result, context.report, path, node.at);
    context.report.suppress(node.at);
    return node;
  }
  if ('missing' in result) {
    context.report.addFinal('CPS0202', { variable: result.missing, reason: result.reason }, path, node.at);
    const { missing } = result;
    const { placeholder, lookup } = context;
    if (placeholder === undefined) return { ...node, template };
    const standIn: Lookup = (variable) => (variable === missing ? placeholder : lookup(variable));
    return value(node, cast, path, { ...context, lookup: standIn });
  }
  if ('value' in result) context.work.write(result.value.length, node.at);
  const kept = template.includes('$') ? { ...node, value: result.value, template } : node;
  return cast ? applyCast(kept, result.value, cast, path, context) : kept;
}

function applyCast(node: ScalarNode, text: string, cast: Cast, path: Path, context: InterpolationContext): ScalarNode {
  const read = cast === 'boolean' ? oldOrNewBoolean(text, path, node, context) : readCast(text, cast);
  if (read === undefined) {
    context.report.addFinal('CPS0204', { type: CAST_NAMES[cast] }, path, node.at);
    return node;
  }
  return { ...node, value: read, ...(cast === 'number' ? { float: true as const } : {}) };
}

function readCast(text: string, cast: Cast): number | undefined {
  return cast === 'integer' ? readInteger(text) : readNumber(text);
}

function oldOrNewBoolean(
  text: string,
  path: Path,
  node: ScalarNode,
  { report }: InterpolationContext,
): boolean | undefined {
  const read = readBoolean(text);
  if (read?.old) report.add('CPS0205', { text, meant: String(read.value) }, path, node.at);
  return read?.value;
}

import type { Condition } from '../condition.ts';
import type { RuleSyntax } from './matcher-of.ts';
import { matcherOf } from './matcher-of.ts';
import { RuleProblem } from './rule-problem.ts';
import type { RuleTree } from './rule-tree.ts';
import { ruleTree } from './rule-tree.ts';

/** Of a rule, in characters. */
const LENGTH_MAX = 8 * 1024;

/** What a rule of Traefik asks of a request. */
export function readRule(rule: string, syntax: RuleSyntax): Condition | RuleProblem {
  if (rule.length > LENGTH_MAX) return new RuleProblem(LENGTH_MAX, `it is longer than ${LENGTH_MAX} characters`);
  try {
    return conditionOf(ruleTree(rule), syntax);
  } catch (error) {
    if (error instanceof RuleProblem) return error;
    throw error;
  }
}

function conditionOf(tree: RuleTree, syntax: RuleSyntax): Condition {
  switch (tree.kind) {
    case 'call':
      return matcherOf(tree, syntax);
    case 'not':
      return { kind: 'not', of: conditionOf(tree.of, syntax) };
    default:
      return { kind: tree.kind, of: tree.of.map((part) => conditionOf(part, syntax)) };
  }
}

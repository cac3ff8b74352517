/** Rules attached to path patterns such as `services.*.ports`; `*` stands for any key or list item. */
export interface PathRules<R> {
  readonly rule: R | undefined;
  /** The rules one step further down; undefined when nothing below can match. */
  down(key: string): PathRules<R> | undefined;
}

interface Branch<R> {
  rule: R | undefined;
  any: Branch<R> | undefined;
  readonly named: Map<string, Branch<R>>;
  down(key: string): Branch<R> | undefined;
}

function branch<R>(): Branch<R> {
  return {
    rule: undefined,
    any: undefined,
    named: new Map(),
    down(key) {
      return this.named.get(key) ?? this.any;
    },
  };
}

/** Compiles a table once, so that a walk over a tree looks up each step in constant time. */
export function pathRules<R>(table: readonly (readonly [pattern: string, rule: R])[]): PathRules<R> {
  const root = branch<R>();
  for (const [pattern, rule] of table) {
    let at = root;
    for (const step of pattern === '' ? [] : pattern.split('.')) at = stepInto(at, step);
    at.rule = rule;
  }
  return root;
}

function stepInto<R>(at: Branch<R>, step: string): Branch<R> {
  if (step === '*') return (at.any ??= branch());
  const next = at.named.get(step) ?? branch<R>();
  at.named.set(step, next);
  return next;
}

/** The same rules below several prefixes. */
export function below<R>(
  prefixes: readonly string[],
  table: readonly (readonly [string, R])[],
): (readonly [string, R])[] {
  return prefixes.flatMap((prefix) => table.map(([pattern, rule]) => [`${prefix}.${pattern}`, rule] as const));
}

/** Which requests a route takes, as its rule says it. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | Matcher;

/** One thing that is asked of a request. Patterns are regular expressions in the syntax of Go. */
export type Matcher =
  /** Lower case; `*.x` takes one label, and `*` alone every host. */
  | { readonly kind: 'host'; readonly value: string }
  | { readonly kind: 'host-pattern'; readonly value: string }
  | { readonly kind: 'path'; readonly value: string }
  /** By characters, not by segments: `/a` takes `/ab` too. */
  | { readonly kind: 'path-prefix'; readonly value: string }
  | { readonly kind: 'path-pattern'; readonly value: string }
  | { readonly kind: 'method'; readonly value: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'header-pattern'; readonly name: string; readonly value: string }
  /** An empty value: the parameter is there, without a value. */
  | { readonly kind: 'query'; readonly name: string; readonly value: string }
  | { readonly kind: 'query-pattern'; readonly name: string; readonly value: string }
  /** An address, or a range of them as `10.0.0.0/8`. */
  | { readonly kind: 'client-ip'; readonly value: string };

/** One `and` of matchers, of which those in `none` must not apply. */
export interface Alternative {
  readonly all: readonly Matcher[];
  readonly none: readonly Matcher[];
}

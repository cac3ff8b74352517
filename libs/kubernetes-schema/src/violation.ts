import type { ObjectId } from '@ushadow/kubernetes';

/** One reason why an API server would refuse an object, or why a set of objects could not work together. */
export interface Violation {
  readonly object: ObjectId;
  /** RFC 6901 pointer into the object, such as `/spec/template/spec/containers/0/image`; the empty string is the object itself. */
  readonly pointer: string;
  /** What is wrong and what is allowed. Values of Secrets are never quoted. */
  readonly message: string;
  /** Stable name of the rule, such as `port-name`; see rules.ts. Schema findings are `schema-type`, `schema-required` and so on. */
  readonly rule: string;
}

export type Path = readonly (string | number)[];

/** RFC 6901: `~` and `/` in keys are written `~0` and `~1`. */
export function formatPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** How a list is merged: by server-side apply through its keys, by strategic merge through its merge key. */
export interface ListMarks {
  /** Keys that make an item unique; `[]` means a set of plain values. */
  readonly keys?: readonly string[];
  /** Strategic merge key; the empty string merges plain values. */
  readonly mergeKey?: string;
}

export type ScalarKind =
  'string' | 'int32' | 'int64' | 'number' | 'boolean' | 'quantity' | 'intOrString' | 'time' | 'base64';

/** Limits a custom resource sets in its schema. */
export interface Limits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

interface Common {
  readonly limits?: Limits;
  /** Strategic merge replaces the whole union and keeps only the patch's keys. */
  readonly retainKeys?: boolean;
}

export type KubeType = Common &
  (
    | {
        readonly is: 'scalar';
        readonly scalar: ScalarKind;
        readonly words?: readonly string[];
        readonly emptyCounts?: boolean;
      }
    | { readonly is: 'list'; readonly items: KubeType; readonly marks: ListMarks }
    | { readonly is: 'map'; readonly values: KubeType }
    | { readonly is: 'named'; readonly name: string }
    | { readonly is: 'object' }
    | { readonly is: 'any' }
  );

export interface KubeField {
  /** `Type.field`, by which rules are found. */
  readonly id: string;
  readonly type: KubeType;
  readonly required: boolean;
}

/** One named type of the API, such as Container. */
export interface KubeStruct {
  readonly name: string;
  readonly fields: ReadonlyMap<string, KubeField>;
  readonly required: readonly string[];
}

import fc from 'fast-check';

/** Of a stack's services, those whose bit is set; 0 stands for the whole. */
type Mask = number;
export type Edit = 'image' | 'page' | 'own' | 'files' | 'presence';

export interface UpStep {
  readonly stack: number;
  readonly do: 'up';
  readonly edits: readonly (readonly [Edit, number])[];
  readonly services: Mask;
  readonly adopt: boolean;
  readonly deleteClaims: boolean;
}
export interface DownStep {
  readonly stack: number;
  readonly do: 'down';
  readonly services: Mask;
  readonly deleteClaims: boolean;
}
export interface BackStep {
  readonly stack: number;
  readonly do: 'rollback';
  /** Which revision. */
  readonly which: number;
}
export interface ServiceStep {
  readonly stack: number;
  readonly do: 'stop' | 'start' | 'scale';
  /** Which service. */
  readonly which: number;
}

/** What is done to one of the stacks that it can be done to. */
export type Step = UpStep | DownStep | BackStep | ServiceStep;

export type Holder = 'nobody' | 'helm' | undefined;

/** For each namespace, who holds names that the projects want; it has other objects as well. */
export type Foreign = readonly (readonly [shared: Holder, own: Holder])[];

export interface Sequence {
  readonly foreign: Foreign;
  readonly steps: readonly Step[];
}

const ALL = 0b1111;
const stack = fc.nat({ max: 11 });
const which = fc.nat({ max: 11 });
const mask = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constantFrom(0b0001, 0b0010, 0b0100, 0b1000) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: ALL }) },
);
const edit = fc.tuple(fc.constantFrom<Edit>('image', 'image', 'page', 'own', 'files', 'presence', 'presence'), which);

const up = fc.record({
  do: fc.constant('up' as const),
  stack,
  edits: fc.array(edit, { maxLength: 3 }),
  services: mask,
  adopt: fc.boolean(),
  deleteClaims: fc.boolean(),
});
const down = fc.record({ do: fc.constant('down' as const), stack, services: mask, deleteClaims: fc.boolean() });
const change = fc.record({ do: fc.constantFrom('stop' as const, 'start' as const, 'scale' as const), stack, which });
const rollback = fc.record({ do: fc.constant('rollback' as const), stack, which });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: up },
  { weight: 3, arbitrary: down },
  { weight: 2, arbitrary: rollback },
  { weight: 1, arbitrary: change },
);

const holder = fc.constantFrom<Holder>(undefined, undefined, undefined, undefined, undefined, 'nobody', 'helm');

/** Most happens to a stack that is there. */
const first = up.map((step): Step => ({ ...step, edits: [], services: 0, adopt: true }));

/** Two namespaces, and what is done there one after the other. */
export const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    foreign: fc.array(fc.tuple(holder, holder), { minLength: 2, maxLength: 2 }),
    first,
    then: fc.array(step, { minLength: 5, maxLength: 7 }),
  })
  .map(({ foreign, first: begin, then }) => ({ foreign, steps: [begin, ...then] }));

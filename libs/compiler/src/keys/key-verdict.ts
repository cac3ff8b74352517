/** What becomes of a Compose key. Texts are for people; they name the effect, not the implementation. */
export type KeyVerdict =
  /** Has a field of its own in the objects: what came of it is in the source map, and where nothing did, that is said. */
  | { readonly verdict: 'mapped' }
  /** Shapes the objects, or which of them there are, without a field of its own. */
  | { readonly verdict: 'decides' }
  /** Carried over with a difference worth knowing. */
  | { readonly verdict: 'approximated'; readonly difference: string }
  /** Not carried over. A warning where the service does not do the same without it, else a note. */
  | {
      readonly verdict: 'diagnosed';
      readonly severity: 'warning' | 'info';
      readonly reason: string;
      readonly remedy: string;
      readonly oncePerProject?: boolean;
    };

export const mapped: KeyVerdict = { verdict: 'mapped' };
export const decides: KeyVerdict = { verdict: 'decides' };
export const approximated = (difference: string): KeyVerdict => ({ verdict: 'approximated', difference });
export const dropped = (reason: string, remedy: string): KeyVerdict => ({
  verdict: 'diagnosed',
  severity: 'warning',
  reason,
  remedy,
});
export const needless = (reason: string, remedy = 'Nothing to do.'): KeyVerdict => ({
  verdict: 'diagnosed',
  severity: 'info',
  reason,
  remedy,
});
export const needlessOnce = (reason: string, remedy = 'Nothing to do.'): KeyVerdict => ({
  verdict: 'diagnosed',
  severity: 'info',
  reason,
  remedy,
  oncePerProject: true,
});

/** By path below its section; `*` stands for one key or index, and a row stands for everything below it. */
export type KeyTable = Readonly<Record<string, KeyVerdict>>;

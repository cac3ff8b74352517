import type { Binding } from '../envelope.ts';

/** One envelope as it lies in a table, with the one place it belongs to. */
export interface StoredEnvelope {
  /** Orders the rows; unique within its store. */
  readonly id: string;
  readonly binding: Binding;
  readonly envelope: string;
}

export interface KeyUse {
  readonly keyId: string;
  /** Envelopes this key wraps. */
  readonly count: number;
}

/** One column of envelopes, as the service that owns it reads and writes it. */
export interface EnvelopeStore {
  /** For people: `cluster credentials`. */
  readonly name: string;
  /** Every key that stored envelopes name, those of other rings included. */
  keysInUse(): Promise<readonly KeyUse[]>;
  /** Envelopes this key wraps, in ascending order of id, after the given id or from the first one. */
  wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]>;
  /** Compare-and-set; false when the row was changed or removed meanwhile: what is there now is newer and stays. */
  replace(before: StoredEnvelope, envelope: string): Promise<boolean>;
}

/** Sealed constants, one a key, beside the data: they show a wrong key before it is used. */
export interface KeyCheckStore {
  find(keyId: string): Promise<string | undefined>;
  /** Keeps the constant unless there is one already; gives the one that is kept. */
  add(keyId: string, sealed: string): Promise<string>;
  remove(keyId: string): Promise<void>;
}

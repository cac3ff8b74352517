import type { SavedValue } from '@ushadow/environment';

/** What a user keeps for a service in a place. */
export interface SavedEnvironment {
  readonly values: Readonly<Record<string, SavedValue>>;
  /** The user's word on what is secret. */
  readonly secrets: Readonly<Record<string, boolean>>;
}

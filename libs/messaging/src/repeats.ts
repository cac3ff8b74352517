import type { RepeatStore } from './answer-once.ts';

let store: RepeatStore | undefined;

/** Where this process, which is one service, remembers what it has answered. */
export function keepRepeats(repeats: RepeatStore): void {
  store = repeats;
}

export function keptRepeats(): RepeatStore {
  if (store === undefined) throw new TypeError('this service answers by key and has nowhere to remember it');
  return store;
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Above this there is a collection first, which takes long in a large heap; less than this is taken for held, garbage and all. */
const LOOK_BYTES = 768 * 1024 ** 2;

/** How much of the heap is held by what came since it was made: garbage does not count, whoever left it. */
export class HeldMemory {
  readonly #before: number;
  #most = 0;

  constructor() {
    this.#before = inUseAfterCollection();
  }

  /** The most that was held where anybody looked. */
  get most(): number {
    return this.#most;
  }

  /** Now, after a collection. */
  held(): number {
    return inUseAfterCollection() - this.#before;
  }

  /** To be called while what may hold memory is still referred to. */
  look(): void {
    const inUse = process.memoryUsage().heapUsed - this.#before;
    const held = inUse < LOOK_BYTES ? inUse : inUseAfterCollection() - this.#before;
    this.#most = Math.max(this.#most, held);
  }
}

function inUseAfterCollection(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

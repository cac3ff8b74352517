/** Less than this is left to V8. */
const WORTH_BYTES = 6 * 1024 * 1024;

let usedBefore = 0;

/**
 * What a scan leaves behind is garbage at once, and V8 would let it lie until the heap has doubled. It is collected here,
 * after the answer has gone, where the process was started with `--expose-gc`; else nothing happens (ADR 56).
 */
export function collectGarbage(): void {
  const collect = globalThis.gc;
  if (collect === undefined) return;
  setTimeout(() => {
    if (process.memoryUsage().heapUsed - usedBefore < WORTH_BYTES) return;
    void collect();
    usedBefore = process.memoryUsage().heapUsed;
  }, 0);
}

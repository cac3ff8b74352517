import { closeSync, openSync, readSync, statSync } from 'node:fs';

const WRITES = new Set(['create', 'update', 'patch', 'delete']);

/** Counts the requests that the API server itself has logged, by whoever sent them. */
export class AuditCounter {
  #file;
  #offset = 0;

  constructor(file) {
    this.#file = file;
  }

  /** Forgets everything up to now. */
  start() {
    this.#offset = statSync(this.#file).size;
  }

  /** Requests since `start` whose user agent begins with `agent`; a watch counts once. */
  count(agent) {
    const ids = this.#entries().flatMap(({ userAgent = '', auditID }) =>
      userAgent.startsWith(agent) ? [auditID] : [],
    );
    return new Set(ids).size;
  }

  /** Watches that were begun since `start`, by resource, likewise. */
  watches(agent) {
    const begun = this.#entries().filter(({ verb, userAgent = '' }) => verb === 'watch' && userAgent.startsWith(agent));
    const counts = new Map();
    for (const resource of new Map(begun.map(({ auditID, objectRef }) => [auditID, objectRef?.resource])).values())
      counts.set(resource, (counts.get(resource) ?? 0) + 1);
    return counts;
  }

  /**
   * When the server had made each write since `start`, milliseconds since the epoch, in order; by those whose user agent
   * begins with `agent`. Dry runs are none, nor what `isOwn` says is the writer's own book-keeping.
   */
  writes(agent, isOwn = () => false) {
    return this.#entries()
      .filter(({ stage, verb, requestURI, userAgent = '' }) => {
        const isWrite = stage === 'ResponseComplete' && WRITES.has(verb) && !requestURI.includes('dryRun=All');
        return isWrite && userAgent.startsWith(agent) && !/reviews?$/.test(requestURI) && !isOwn(requestURI);
      })
      .map(({ stageTimestamp }) => Date.parse(stageTimestamp))
      .sort((a, b) => a - b);
  }

  #entries() {
    const size = statSync(this.#file).size;
    const from = Math.max(0, this.#offset - 1);
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const file = openSync(this.#file, 'r');
    readSync(file, bytes, 0, bytes.length, from);
    closeSync(file);
    const lines = bytes.toString('utf8').split('\n');
    if (this.#offset > 0) lines.shift(); // nothing, or the rest of a line that was being written at the start
    lines.pop(); // what follows the last newline is still being written
    return lines.map((line) => JSON.parse(line));
  }
}

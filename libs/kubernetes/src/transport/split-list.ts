import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { ANSWER_LIMITS, tooDeep, tooLarge } from './answer-limits.ts';
import { HeldBytes } from './held-bytes.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/** What stands around the items: kind, version and the token of the next page. */
const ENVELOPE_MAX_BYTES = 256 * 1024;

export interface SplitLimits {
  readonly itemMaxBytes: number;
  readonly itemsMax: number;
}

/**
 * Cuts a list answer into its items while its bytes arrive, so that one item is in memory and never the whole list.
 * Looks at brackets and strings alone; whether an item is JSON is for who parses it. Throws KubernetesApiError:
 * `UnexpectedResponse` at the first byte that no list has, `ResponseTooLarge` beyond a limit.
 */
export class ListSplitter {
  readonly #onItem: (text: string) => void;
  readonly #itemsMax: number;
  readonly #item: HeldBytes;
  readonly #envelope = new HeldBytes(ENVELOPE_MAX_BYTES);
  #opened = false;
  #depth = 0;
  #inItems = false;
  #inString = false;
  #escaped = false;
  #items = 0;

  constructor(onItem: (text: string) => void, limits: SplitLimits) {
    this.#onItem = onItem;
    this.#itemsMax = limits.itemsMax;
    this.#item = new HeldBytes(limits.itemMaxBytes);
  }

  push(chunk: Uint8Array): void {
    // Where the bytes begin that belong to an item or to the envelope and are not handed on yet.
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#inString) at = this.#skipString(chunk, at);
      const byte = chunk[at] ?? SPACE;
      if (byte <= SPACE) continue;
      if (this.#depth === 0) this.#open(byte);
      if (this.#inItems && this.#depth === 2) {
        if (byte === COMMA) continue;
        this.#betweenItems(byte);
        from = at;
      }
      from = this.#structure(byte, chunk, from, at + 1);
    }
    if (!this.#inItems) this.#envelope.add(chunk, from, chunk.length);
    else if (this.#depth > 2) this.#item.add(chunk, from, chunk.length);
  }

  /** What stood around the items, with an empty list in their place. */
  end(): string {
    if (!this.#opened || this.#depth !== 0) throw notAList();
    return this.#envelope.take();
  }

  #open(byte: number): void {
    if (this.#opened || byte !== OPEN_OBJECT) throw notAList();
    this.#opened = true;
  }

  #betweenItems(byte: number): void {
    if (byte === CLOSE_LIST) this.#inItems = false;
    else if (byte !== OPEN_OBJECT) throw notAList();
  }

  /** Follows a quote or a bracket; gives where the bytes begin that are not handed on yet. */
  #structure(byte: number, chunk: Uint8Array, from: number, next: number): number {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        return from;
      case OPEN_OBJECT:
        this.#descend();
        return from;
      case OPEN_LIST:
        this.#descend();
        return this.#depth === 2 ? this.#enterList(chunk, from, next) : from;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.#depth -= 1;
        return this.#inItems && this.#depth === 2 ? this.#takeItem(chunk, from, next) : from;
      default:
        return from;
    }
  }

  /** The index after the string's closing quote, or the chunk's length when it goes on in the next one. */
  #skipString(chunk: Uint8Array, from: number): number {
    let escaped = this.#escaped;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        this.#escaped = false;
        return at + 1;
      }
    }
    this.#escaped = escaped;
    return chunk.length;
  }

  #descend(): void {
    this.#depth += 1;
    // The list itself and its items are two levels above an object.
    if (this.#depth > ANSWER_LIMITS.depthMax + 2) throw tooDeep();
  }

  #enterList(chunk: Uint8Array, from: number, to: number): number {
    this.#envelope.add(chunk, from, to);
    this.#inItems = /"items"\s*:\s*\[$/.test(this.#envelope.text());
    return to;
  }

  #takeItem(chunk: Uint8Array, from: number, to: number): number {
    this.#items += 1;
    if (this.#items > this.#itemsMax) throw tooLarge(`more than ${this.#itemsMax} objects`);
    this.#item.add(chunk, from, to);
    this.#onItem(this.#item.take());
    return to;
  }
}

/** Something else than an API server answered. */
export function notAList(): KubernetesApiError {
  const message = 'the answer is not a list as a Kubernetes API server sends it';
  return new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}

/**
 * Finds many texts in others in one pass: an Aho–Corasick automaton over UTF-16. Time and memory are linear in the texts
 * and in what is looked through, whatever they have in common. Empty texts are never found.
 */
export class TextFinder {
  readonly #texts: readonly string[];
  readonly #trie: Trie;

  /** The longest first, where one may lie in another and is to be replaced. */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#trie = new Trie(texts);
  }

  isIn(text: string): boolean {
    const trie = this.#trie;
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      state = trie.next(state, text.charCodeAt(at));
      if (trie.ending(state) !== 0) return true;
    }
    return false;
  }

  /** Numbers of the texts that are in this one, in ascending order. */
  foundIn(text: string): readonly number[] {
    const { found } = this.#endsIn(text);
    return found.size === 0 ? [] : [...found].sort((a, b) => a - b);
  }

  /** Puts something in the place of each text that has a placeholder; one that lies in an earlier one goes with that. */
  replaceIn(text: string, replacementOf: (index: number) => string | undefined): string {
    const trie = this.#trie;
    const { found, ends } = this.#endsIn(text);
    if (found.size === 0) return text;
    const isTaken = new Uint8Array(text.length);
    const replaced: { readonly start: number; readonly end: number; readonly replacement: string }[] = [];
    for (const index of [...found].sort((a, b) => a - b)) {
      const length = this.#texts[index]?.length ?? 0;
      const replacement = replacementOf(index);
      for (const { end, state } of (ends.get(index) ?? []).sort((a, b) => a.end - b.end)) {
        const start = end - length;
        if (replacement !== undefined && isTaken[start] === 0 && isTaken[end - 1] === 0) {
          isTaken.fill(1, start, end);
          replaced.push({ start, end, replacement });
          continue;
        }
        // A shorter one that ends here may have its turn.
        const shorter = trie.shorter(state);
        if (shorter !== 0) listIn(ends, trie.indexAt(shorter)).push({ end, state: shorter });
      }
    }
    const pieces: string[] = [];
    let from = 0;
    for (const { start, end, replacement } of replaced.sort((a, b) => a.start - b.start)) {
      pieces.push(text.slice(from, start), replacement);
      from = end;
    }
    return pieces.join('') + text.slice(from);
  }

  /** All that is found, and the longest that ends at each place. */
  #endsIn(text: string): { readonly found: Set<number>; readonly ends: Map<number, End[]> } {
    if (!this.isIn(text)) return NOTHING;
    const trie = this.#trie;
    const found = new Set<number>();
    const ends = new Map<number, End[]>();
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      state = trie.next(state, text.charCodeAt(at));
      let ending = trie.ending(state);
      if (ending === 0) continue;
      listIn(ends, trie.indexAt(ending)).push({ end: at + 1, state: ending });
      while (ending !== 0 && !found.has(trie.indexAt(ending))) {
        found.add(trie.indexAt(ending));
        ending = trie.shorter(ending);
      }
    }
    return { found, ends };
  }
}

/** Most texts have none of what is looked for. */
const NOTHING = { found: new Set<number>(), ends: new Map<number, End[]>() };

interface End {
  readonly end: number;
  readonly state: number;
}

function listIn(ends: Map<number, End[]>, index: number): End[] {
  const known = ends.get(index);
  if (known !== undefined) return known;
  const list: End[] = [];
  ends.set(index, list);
  return list;
}

/** States in flat arrays, since there may be one for each character; 0 is the root, and "none". */
class Trie {
  /** Of a state: the one before it, its character, the state of its longest other ending, its text, and the next shorter. */
  readonly #parent: Int32Array;
  readonly #character: Uint16Array;
  readonly #fallback: Int32Array;
  readonly #text: Int32Array;
  readonly #shorter: Int32Array;
  /** Open hashing from a state and a character to the next state. */
  readonly #table: Int32Array;
  readonly #mask: number;
  #size = 1;

  constructor(texts: readonly string[]) {
    const states = texts.reduce((sum, { length }) => sum + length, 1);
    const slots = 2 ** Math.ceil(Math.log2(states * 2));
    this.#parent = new Int32Array(states);
    this.#character = new Uint16Array(states);
    this.#fallback = new Int32Array(states);
    this.#text = new Int32Array(states).fill(-1);
    this.#shorter = new Int32Array(states);
    this.#table = new Int32Array(slots);
    this.#mask = slots - 1;
    for (const [index, text] of texts.entries()) this.#add(text, index);
    this.#link(texts.reduce((most, { length }) => Math.max(most, length), 0));
  }

  next(state: number, character: number): number {
    for (let from = state; ; from = this.#fallback[from] ?? 0) {
      const found = this.#child(from, character);
      if (found !== 0 || from === 0) return found;
    }
  }

  /** The state itself where a text ends there, or else the one of the longest text that does. */
  ending(state: number): number {
    return this.indexAt(state) === -1 ? this.shorter(state) : state;
  }

  shorter(state: number): number {
    return this.#shorter[state] ?? 0;
  }

  indexAt(state: number): number {
    return this.#text[state] ?? -1;
  }

  #add(text: string, index: number): void {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      const known = this.#child(state, character);
      state = known === 0 ? this.#append(state, character) : known;
    }
    if (state !== 0 && this.#text[state] === -1) this.#text[state] = index;
  }

  #append(parent: number, character: number): number {
    const state = this.#size;
    this.#size += 1;
    this.#parent[state] = parent;
    this.#character[state] = character;
    let slot = slotOf(parent, character) & this.#mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#table[slot] = state;
    return state;
  }

  #child(state: number, character: number): number {
    for (let slot = slotOf(state, character) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.#table[slot] ?? 0;
      if (found === 0 || (this.#parent[found] === state && this.#character[found] === character)) return found;
    }
  }

  /** By depth, since an ending is always less deep. */
  #link(deepest: number): void {
    for (const state of this.#byDepth(deepest)) {
      const parent = this.#parent[state] ?? 0;
      const fallback = parent === 0 ? 0 : this.next(this.#fallback[parent] ?? 0, this.#character[state] ?? 0);
      this.#fallback[state] = fallback;
      this.#shorter[state] = this.ending(fallback);
    }
  }

  /** All states but the root, the least deep first: each is put behind those that are less deep. */
  #byDepth(deepest: number): Int32Array {
    const depths = new Int32Array(this.#size);
    const places = new Int32Array(deepest + 2);
    for (let state = 1; state < this.#size; state += 1) {
      const depth = (depths[this.#parent[state] ?? 0] ?? 0) + 1;
      depths[state] = depth;
      places[depth + 1] = (places[depth + 1] ?? 0) + 1;
    }
    for (let depth = 1; depth < places.length; depth += 1)
      places[depth] = (places[depth] ?? 0) + (places[depth - 1] ?? 0);
    const sorted = new Int32Array(this.#size - 1);
    for (let state = 1; state < this.#size; state += 1) {
      const depth = depths[state] ?? 0;
      const place = places[depth] ?? 0;
      sorted[place] = state;
      places[depth] = place + 1;
    }
    return sorted;
  }
}

/** Once a character; a global is looked up each time where code runs in a context of its own, as in a test. */
const { imul } = Math;

function slotOf(state: number, character: number): number {
  const mixed = imul(state, 0x9e3779b1) ^ imul(character + 1, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

import { allByteStreams, eventStreams, httpOperations, type Client } from '@ushadow/contracts';
import { inflateRawSync } from 'node:zlib';

/** What people and programs got to read, and by which operations and streams. */
export class Heard {
  readonly visited = new Set<string>();
  readonly #texts: string[] = [];

  get texts(): readonly string[] {
    return this.#texts;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  /** Notes each operation of a client that was answered. */
  listenTo(client: Client): Client {
    return new Proxy(client, {
      get: (calls, name: keyof Client & string) => async (input: never) => {
        const answer = await (calls[name] as (input: never) => Promise<unknown>)(input);
        this.visited.add(name);
        return answer;
      },
    });
  }

  /** Reads a stream of events, or a body, until a text is in it or it ends. */
  async read(name: string, url: string, last?: string): Promise<string> {
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) throw new Error(`${name}: HTTP ${String(response.status)}`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of response.body) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      if (last !== undefined && text.includes(last)) break;
    }
    abort.abort();
    this.add(text);
    this.visited.add(name);
    return text;
  }
}

/** By id: all that goes on coming, all that is a file, and whatever else is only read. */
export function whateverIsRead(): string[] {
  const reads = Object.entries(httpOperations).filter(([, { http }]) => http.method === 'GET');
  return [...Object.keys(allByteStreams), ...Object.keys(eventStreams), ...reads.map(([name]) => name)];
}

const LOCAL_HEADER = 0x04034b50;
const HEADER_BYTES = 30;
const STORED = 0;

/** The texts of a zip archive's entries. */
export function unzipped(archive: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; archive.readUInt32LE(at) === LOCAL_HEADER;) {
    const size = archive.readUInt32LE(at + 18);
    const start = at + HEADER_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    const bytes = archive.subarray(start, start + size);
    found.push((archive.readUInt16LE(at + 8) === STORED ? bytes : inflateRawSync(bytes)).toString('utf8'));
    at = start + size;
  }
  return found;
}

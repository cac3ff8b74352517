import { packTime, unpackTime, type LogTime } from './log-time.ts';

/** How far somebody is with the lines of one container: the time of the last one, and how many of that time there were. */
export interface Position {
  readonly time: LogTime;
  readonly count: number;
}

/** Of a container that is to be read from where somebody wished, and of which nothing has been had yet. */
export const NOTHING_HAD: Position = { time: '1970-01-01T00:00:00.000000000Z', count: 0 };

/** A clock that was set back does not lead back. */
export function advanced(position: Position | undefined, time: LogTime): Position {
  if (position === undefined || time > position.time) return { time, count: 1 };
  return time === position.time ? { time, count: position.count + 1 } : position;
}

/** Leaves out what somebody has had already: the lines of a container come again from the second in which one went on. */
export class Repeated {
  readonly #from: Position | undefined;
  #seen = 0;
  #isOver: boolean;

  constructor(from: Position | undefined) {
    this.#from = from;
    this.#isOver = from === undefined;
  }

  /** To be asked for each line, in their order. */
  has(time: LogTime): boolean {
    if (this.#isOver || this.#from === undefined) return false;
    if (time < this.#from.time) return true;
    if (time === this.#from.time && this.#seen < this.#from.count) {
      this.#seen += 1;
      return true;
    }
    this.#isOver = true;
    return false;
  }
}

/** Short name of a container of a pod. */
export function positionKey(podUid: string, container: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (const character of `${podUid}/${container}`) {
    const code = character.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5f356495);
  }
  return ((one >>> 0) * 0x100000 + ((two >>> 0) & 0xfffff)).toString(36);
}

/** How far somebody is with all containers of a stack. What has no place of its own is read from the time it was first looked at. */
export class Positions {
  readonly since: LogTime;
  readonly #known: Map<string, Position>;

  constructor(since: LogTime, known: ReadonlyMap<string, Position> = new Map()) {
    this.since = since;
    this.#known = new Map(known);
  }

  of(key: string): Position | undefined {
    return this.#known.get(key);
  }

  set(key: string, position: Position): void {
    this.#known.set(key, position);
  }

  /** What has ended will say no more. */
  forget(key: string): void {
    this.#known.delete(key);
  }

  /** As a client gives it back. */
  pack(): string {
    const each = [...this.#known].map(([key, { time, count }]) =>
      count === 1 ? `${key}-${packTime(time)}` : `${key}-${packTime(time)}-${count.toString(36)}`,
    );
    return [packTime(this.since), ...each].join('.');
  }
}

/** Undefined for what none of ours is. */
export function unpackPositions(text: string): Positions | undefined {
  const [first = '', ...rest] = text.split('.');
  const since = unpackTime(first);
  if (since === undefined) return undefined;
  const known = new Map<string, Position>();
  for (const each of rest) {
    const [, key = '', packed = '', count = '1'] =
      /^([0-9a-z]{1,12})-([0-9a-z]{1,13})(?:-([0-9a-z]{1,6}))?$/.exec(each) ?? [];
    const time = unpackTime(packed);
    if (time === undefined) return undefined;
    known.set(key, { time, count: Number.parseInt(count, 36) });
  }
  return new Positions(since, known);
}

import type { ImageRule } from '@ushadow/contracts';

/** A tag that is a version: `v1.27.3-alpine`. */
interface VersionTag {
  readonly tag: string;
  readonly prefix: string;
  readonly numbers: readonly number[];
  /** What tells builds of a version apart; a release of another suffix is another image. */
  readonly suffix: string;
}

const VERSION = /^(v?)(\d{1,9}(?:\.\d{1,9}){0,3})((?:[-_.+][A-Za-z][\w.+-]*)?)$/;

/** How many leading numbers a newer version shares. */
const SHARED: Readonly<Record<Exclude<ImageRule, 'digest'>, number>> = { patch: 2, minor: 1, major: 0 };

/**
 * The newest version among tags that a rule lets through: written as precisely as this one, with the same prefix and suffix.
 * Undefined: the tag is no version, and says nothing of what is newer.
 */
export function newestTag(
  tag: string,
  tags: readonly string[],
  rule: Exclude<ImageRule, 'digest'>,
): string | undefined {
  const now = readVersion(tag);
  if (now === undefined) return undefined;
  const candidates = tags.flatMap((each) => readVersion(each) ?? []).filter((each) => isAlike(each, now, SHARED[rule]));
  return [now, ...candidates].reduce((best, each) => (compare(each, best) > 0 ? each : best)).tag;
}

function readVersion(tag: string): VersionTag | undefined {
  const [, prefix = '', numbers, suffix = ''] = VERSION.exec(tag) ?? [];
  if (numbers === undefined) return undefined;
  return { tag, prefix, numbers: numbers.split('.').map(Number), suffix };
}

function isAlike(each: VersionTag, now: VersionTag, shared: number): boolean {
  if (each.prefix !== now.prefix || each.suffix !== now.suffix || each.numbers.length !== now.numbers.length)
    return false;
  return now.numbers.slice(0, shared).every((number, index) => each.numbers[index] === number);
}

function compare(one: VersionTag, other: VersionTag): number {
  const index = one.numbers.findIndex((number, at) => number !== other.numbers[at]);
  return index < 0 ? 0 : (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
}

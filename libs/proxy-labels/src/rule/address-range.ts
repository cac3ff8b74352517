interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

export function isRange(text: string): boolean {
  return rangeOf(text) !== undefined;
}

/** Whether an address lies in a range such as `10.0.0.0/8`, or is that address. */
export function liesIn(address: string, text: string): boolean {
  const one = rangeOf(address);
  const range = rangeOf(text);
  if (one === undefined || range === undefined || one.bits !== range.bits) return false;
  const rest = BigInt(range.bits - range.prefix);
  return one.first >> rest === range.first >> rest;
}

function rangeOf(text: string): Range | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const first = bits === 128 ? sixOf(address) : fourOf(address);
  if (first === undefined || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const length = prefix === undefined ? bits : Number(prefix);
  return length > bits ? undefined : { bits, first, prefix: length };
}

function fourOf(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function sixOf(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(groupsOf)));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The last group may be an address of IPv4. */
function groupsOf(group: string): readonly string[] {
  const four = group.includes('.') ? fourOf(group) : undefined;
  return four === undefined ? [group] : [(four >> 16n).toString(16), (four & 0xffffn).toString(16)];
}

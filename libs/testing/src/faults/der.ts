/** The few forms of DER (X.690) that a certificate is made of. */
export const der = {
  sequence: (...items: readonly Buffer[]): Buffer => tagged(0x30, ...items),
  set: (...items: readonly Buffer[]): Buffer => tagged(0x31, ...items),
  integer: (bytes: Buffer): Buffer => tagged(0x02, bytes),
  bitString: (bytes: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bytes),
  octetString: (bytes: Buffer): Buffer => tagged(0x04, bytes),
  boolean: (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0])),
  utf8: (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8')),
  /** Two digits of the year until 2049, four from 2050, as certificates want it. */
  time: (date: Date): Buffer => {
    const digits = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
    return date.getUTCFullYear() < 2050
      ? tagged(0x17, Buffer.from(digits.slice(2)))
      : tagged(0x18, Buffer.from(digits));
  },
  objectId: (dotted: string): Buffer => tagged(0x06, objectIdBytes(dotted)),
  /** A field that carries its number instead of its type: `constructed` when other values are inside it. */
  context: (number: number, constructed: boolean, ...items: readonly Buffer[]): Buffer =>
    tagged(0x80 | (constructed ? 0x20 : 0) | number, ...items),
};

function tagged(tag: number, ...items: readonly Buffer[]): Buffer {
  const content = Buffer.concat(items);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(content.length), content]);
}

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function objectIdBytes(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((number) => {
    const groups = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return Buffer.from([first * 40 + second, ...bytes]);
}

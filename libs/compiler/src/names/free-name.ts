import type { DnsLabelRule } from '@ushadow/kubernetes';
import { dnsLabel, isDnsLabel } from '@ushadow/kubernetes';

interface Shape {
  readonly rule?: DnsLabelRule;
  readonly maxLength?: number;
}

/** The name of a text that nobody has: the text itself where it is one, else with a number behind. */
export function freeName(text: string, isTaken: (name: string) => boolean, shape: Shape = {}): string {
  for (let number = 1; ; number++) {
    const name = nameOf(number === 1 ? text : `${text}-${number}`, shape);
    if (!isTaken(name)) return name;
  }
}

/** Whoever looks at what is taken needs no digest to keep written names and made ones apart. */
function nameOf(text: string, { rule, maxLength = 63 }: Shape): string {
  return text.length <= maxLength && isDnsLabel(text, rule) ? text : dnsLabel(text, rule, maxLength);
}

/** Gives out names of one scope, each once. */
export function nameGiver(taken: Iterable<string>): (text: string) => string {
  const given = new Set(taken);
  return (text) => {
    const name = freeName(text, (each) => given.has(each));
    given.add(name);
    return name;
  };
}

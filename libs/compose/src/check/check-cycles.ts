import { jsonPointer } from '../positions.ts';
import type { CheckContext } from './check-context.ts';

/** Reports each circle of dependencies once, beginning at the name that comes first. */
export function checkCycles({ project, positions, report }: CheckContext): void {
  const done = new Set<string>();
  for (const start of Object.keys(project.services).sort()) {
    const stack: { readonly name: string; readonly rest: string[] }[] = [];
    const open = new Map<string, number>();
    const enter = (name: string): void => {
      open.set(name, stack.length);
      const targets = Object.keys(project.services[name]?.depends_on ?? {}).filter((each) =>
        Object.hasOwn(project.services, each),
      );
      stack.push({ name, rest: targets.sort().reverse() });
    };
    if (!done.has(start)) enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        done.add(top.name);
        open.delete(top.name);
        stack.pop();
      } else if (open.has(next)) {
        const chain = [...circle(stack, open.get(next) ?? 0), next];
        const path = jsonPointer(['services', top.name, 'depends_on', next]);
        report.add('CPS0708', { chain }, path, positions.at(path));
      } else if (!done.has(next)) enter(next);
    }
  }
}

/** More of a circle is not shown. */
const SHOWN_MAX = 50;

function circle(stack: readonly { readonly name: string }[], start: number): readonly string[] {
  return stack.slice(start, start + SHOWN_MAX).map(({ name }) => name);
}

import type { Process } from '../model/process.ts';

/**
 * Whether what is started surely ends by itself: `true`, `echo …`, or a shell line whose last command is `exit` or `true`, with
 * nothing in it that stays. Of programs nothing is known, whatever they are called.
 */
export function endsPlainly({ entrypoint = [], command = [] }: Pick<Process, 'entrypoint' | 'command'>): boolean {
  const [program = '', ...rest] = [...entrypoint, ...command];
  const name = program.replace(/^.*\//, '');
  if (name === 'true' || name === 'echo') return true;
  if (!SHELL.test(name) || !/^-[a-z]*c$/.test(rest[0] ?? '')) return false;
  const line = (rest[1] ?? '').trim();
  return (LAST.test(line) || ALONE.test(line)) && !STAYS.test(line);
}

const SHELL = /^(?:ba|da|a|z)?sh$/;
const LAST = /(?:^|[;\n]|&&)\s*(?:exit(?:\s+\d+)?|true)\s*;?$/;
const ALONE = /^echo\s[^;&|\n`$()<>]*$/;
const STAYS = /\b(?:while|until|exec|wait)\b|\btail\s+(?:-\S+\s+)*-[a-z]*[fF]|\bsleep\s+(?:infinity|inf)\b/;

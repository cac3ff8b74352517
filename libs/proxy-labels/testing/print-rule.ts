import type { Condition, Matcher } from '../src/condition.ts';

const FUNCTIONS: Readonly<Record<Matcher['kind'], string>> = {
  host: 'Host',
  'host-pattern': 'HostRegexp',
  path: 'Path',
  'path-prefix': 'PathPrefix',
  'path-pattern': 'PathRegexp',
  method: 'Method',
  header: 'Header',
  'header-pattern': 'HeaderRegexp',
  query: 'Query',
  'query-pattern': 'QueryRegexp',
  'client-ip': 'ClientIP',
};

/** A condition as a rule of Traefik 3. */
export function printRule(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.map(bracketed).join(condition.kind === 'and' ? ' && ' : ' || ');
    case 'not':
      return `!${bracketed(condition.of)}`;
    default: {
      const values = 'name' in condition ? [condition.name, condition.value] : [condition.value];
      const said = values.filter((value) => value !== '').map(quoted);
      return `${FUNCTIONS[condition.kind]}(${said.join(', ')})`;
    }
  }
}

function bracketed(condition: Condition): string {
  const text = printRule(condition);
  return condition.kind === 'and' || condition.kind === 'or' ? `(${text})` : text;
}

function quoted(text: string): string {
  return /[`\r]/.test(text) ? JSON.stringify(text) : `\`${text}\``;
}

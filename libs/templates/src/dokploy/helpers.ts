import type { Hosts } from '../values/hosts.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { RandomValues } from '../values/random-values.ts';

/** A text with what is known of it. */
export interface Filled {
  readonly text: string;
  readonly secret: boolean;
  readonly generated: boolean;
}

export interface HelperContext {
  readonly random: RandomValues;
  readonly hosts: Hosts;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What a host is called after. */
  readonly label: string;
  /** What is asked for is the site itself: no variable or domain has the host as its own. */
  readonly ofSite: boolean;
  /** The text of a variable of this name; undefined where there is none. */
  readonly variable: (name: string) => string | undefined;
}

/** `args`: what stands behind the first colon. Undefined: it is none that the helper takes. */
interface Helper {
  readonly takes: string;
  readonly make: (args: string | undefined, context: HelperContext) => Filled | undefined;
}

const HELPERS: ReadonlyMap<string, Helper> = new Map(
  Object.entries({
    domain: nothing(({ hosts, label, ofSite }) => plain(ofSite ? hosts.main() : hosts.next(label))),
    email: nothing(({ hosts }) => plain(`admin@${hosts.domain}`)),
    username: nothing(({ random }) => generated(random.name(10))),
    uuid: nothing(({ random }) => secret(random.uuid())),
    randomPort: nothing(({ random }) => generated(String(random.port()))),
    password: sized(16, (length, { random }) => random.lowerLettersAndDigits(length)),
    base64: sized(32, (bytes, { random }) => random.base64(bytes)),
    hash: sized(8, (length, { random }) => random.hex(length)),
    jwt: { takes: 'a number of bytes, or the variables of a secret and of a payload', make: token },
    timestamp: moment((time) => time),
    timestampms: moment((time) => time),
    timestamps: moment((time) => Math.round(time / 1000)),
  } satisfies Record<string, Helper>),
);

export const HELPER_NAMES = [...HELPERS.keys()].join(', ');

export type HelperResult = Filled | { readonly wrong: string } | undefined;

/** What `${name}` or `${name:args}` makes; undefined where no helper is called so. */
export function help(expression: string, context: HelperContext): HelperResult {
  const colon = expression.indexOf(':');
  const [name, args] = colon < 0 ? [expression] : [expression.slice(0, colon), expression.slice(colon + 1)];
  const helper = HELPERS.get(name);
  if (helper === undefined) return undefined;
  return helper.make(args === '' ? undefined : args, context) ?? { wrong: helper.takes };
}

function nothing(make: (context: HelperContext) => Filled): Helper {
  return { takes: 'no argument', make: (args, context) => (args === undefined ? make(context) : undefined) };
}

function sized(usual: number, make: (size: number, context: HelperContext) => string): Helper {
  const { generatedMax } = IMPORT_LIMITS;
  return {
    takes: `a number from 1 to ${String(generatedMax)}`,
    make: (args = String(usual), context) => {
      const size = /^\d{1,5}$/.test(args) ? Number(args) : 0;
      return size >= 1 && size <= generatedMax ? secret(make(size, context)) : undefined;
    },
  };
}

function moment(write: (time: number) => number): Helper {
  return {
    takes: 'a date such as 2030-01-01T00:00:00Z',
    make: (args, { now }) => {
      if (args === undefined) return generated(String(write(now)));
      const time = Date.parse(args);
      return Number.isNaN(time) ? undefined : plain(String(write(time)));
    },
  };
}

/** `jwt`, `jwt:BYTES`, `jwt:SECRET`, `jwt:SECRET:PAYLOAD`; the last two name variables, or are what they say. */
function token(args: string | undefined, { random, variable }: HelperContext): Filled | undefined {
  if (args !== undefined && /^\d{1,3}$/.test(args))
    return Number(args) < 1 ? undefined : secret(random.hex(2 * Number(args)));
  const colon = (args ?? '').indexOf(':');
  const [key, payload] = colon < 0 ? [args] : [args?.slice(0, colon), args?.slice(colon + 1)];
  const claims = payload === undefined ? {} : claimsOf(variable(payload) ?? payload);
  if (claims === undefined) return undefined;
  return secret(random.token(key === undefined ? random.hex(64) : (variable(key) ?? key), claims));
}

function claimsOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function plain(text: string): Filled {
  return { text, secret: false, generated: false };
}

function generated(text: string): Filled {
  return { text, secret: false, generated: true };
}

function secret(text: string): Filled {
  return { text, secret: true, generated: true };
}

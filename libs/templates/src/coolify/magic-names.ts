import type { RandomValues } from '../values/random-values.ts';

/** What a variable of Coolify’s stands for, by its name alone. */
export type Magic =
  | { readonly kind: 'address'; readonly form: 'url' | 'fqdn'; readonly id: string; readonly port?: number }
  | { readonly kind: 'service'; readonly id: string }
  | { readonly kind: 'generated'; readonly secret: boolean; readonly make: (random: RandomValues) => string }
  | { readonly kind: 'token'; readonly role: string };

const ID = '[A-Za-z0-9][A-Za-z0-9_-]*';

/** `SERVICE_<COMMAND>_<ID>`; a longer command goes before one that it begins with. */
const COMMANDS: readonly (readonly [pattern: RegExp, magic: (match: RegExpExecArray) => Magic])[] = [
  row(`(URL|FQDN)_(${ID}?)(?:_([1-9]\\d{0,4}))?`, ([, form, id = '', port]) => address(form === 'URL', id, port)),
  row(`NAME_(${ID})`, ([, id = '']) => ({ kind: 'service', id })),
  row(`SUPABASEANON_${ID}`, () => ({ kind: 'token', role: 'anon' })),
  row(`SUPABASESERVICE_${ID}`, () => ({ kind: 'token', role: 'service_role' })),
  row(`PASSWORD(?:_?WITHSYMBOLS_64|_64_?WITHSYMBOLS)_${ID}`, () => secret((random) => random.withSymbols(64))),
  row(`PASSWORD_?WITHSYMBOLS_${ID}`, () => secret((random) => random.withSymbols(32))),
  row(`PASSWORD_64_${ID}`, () => secret((random) => random.lettersAndDigits(64))),
  row(`PASSWORD_${ID}`, () => secret((random) => random.lettersAndDigits(32))),
  // Whatever it is called, it is not base64: it has that many letters and digits.
  row(`BASE64_(32|64|128)_${ID}`, ([, length]) => secret((random) => random.lettersAndDigits(Number(length)))),
  row(`BASE64_${ID}`, () => secret((random) => random.lettersAndDigits(32))),
  row(`REALBASE64_(32|64|128)_${ID}`, ([, bytes]) => secret((random) => random.base64(Number(bytes)))),
  row(`REALBASE64_${ID}`, () => secret((random) => random.base64(32))),
  row(`HEX_(32|64|128)_${ID}`, ([, length]) => secret((random) => random.hex(Number(length)))),
  row(`HEX_${ID}`, () => secret((random) => random.hex(32))),
  row(`(?:LOWERCASE)?USER_${ID}`, () => ({ kind: 'generated', secret: false, make: (random) => random.name(16) })),
];

function row(command: string, magic: (match: RegExpExecArray) => Magic): (typeof COMMANDS)[number] {
  return [new RegExp(`^SERVICE_${command}$`), magic];
}

function secret(make: (random: RandomValues) => string): Magic {
  return { kind: 'generated', secret: true, make };
}

const PORT_MAX = 65_535;

function address(isUrl: boolean, id: string, port: string | undefined): Magic {
  const named = { kind: 'address', form: isUrl ? 'url' : 'fqdn' } as const;
  if (port === undefined) return { ...named, id };
  return Number(port) <= PORT_MAX ? { ...named, id, port: Number(port) } : { ...named, id: `${id}_${port}` };
}

/** Undefined: a variable like any other. */
export function magicOf(name: string): Magic | undefined {
  if (!name.startsWith('SERVICE_')) return undefined;
  for (const [pattern, magic] of COMMANDS) {
    const match = pattern.exec(name);
    if (match !== null) return magic(match);
  }
  return undefined;
}

/** Ids are compared as people mean them: `my-app`, `MY_APP` and `MYAPP` are one. */
export function plainId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

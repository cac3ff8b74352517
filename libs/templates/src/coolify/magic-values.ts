import type { ComposeText } from '../compose/compose-text.ts';
import type { Findings } from '../findings.ts';
import type { TemplateValue } from '../imported-template.ts';
import type { RandomValues } from '../values/random-values.ts';
import { magicOf, plainId, type Magic } from './magic-names.ts';

export interface MagicContext {
  readonly compose: ComposeText;
  readonly random: RandomValues;
  /** The host of an id. */
  readonly hostOf: (id: string) => string;
  readonly scheme: string;
  readonly findings: Findings;
}

const SIGNING_KEY = 'SERVICE_PASSWORD_JWT';

/** One value for each name, whatever number of services refer to it. */
export function magicValues(names: Iterable<string>, context: MagicContext): readonly TemplateValue[] {
  const { compose, random, findings } = context;
  const path = compose.source.file;
  const given = new Map<string, TemplateValue>();
  const generated = (name: string, value: string, secret: boolean) => ({ name, value, secret, generated: true, path });
  const tokens: [name: string, role: string][] = [];
  for (const name of names) {
    const magic = magicOf(name);
    if (magic === undefined || given.has(name)) continue;
    if (magic.kind === 'token') tokens.push([name, magic.role]);
    else if (magic.kind === 'generated') given.set(name, generated(name, magic.make(random), magic.secret));
    else given.set(name, { name, value: plainValue(magic, context), secret: false, generated: false, path });
  }
  for (const [name, role] of tokens) {
    if (!given.has(SIGNING_KEY)) {
      given.set(SIGNING_KEY, generated(SIGNING_KEY, random.lettersAndDigits(32), true));
      findings.add('TPL0107', { name });
    }
    const token = random.token(given.get(SIGNING_KEY)?.value ?? '', { iss: 'supabase', role });
    given.set(name, generated(name, token, true));
  }
  return [...given.values()];
}

/** An address has no port: it is that of the container, and outside there is a proxy before it. */
function plainValue(magic: Magic & { kind: 'address' | 'service' }, context: MagicContext): string {
  const { id } = magic;
  if (magic.kind === 'service')
    return context.compose.serviceNames.find((name) => plainId(name) === plainId(id)) ?? id.toLowerCase();
  const host = context.hostOf(id);
  return magic.form === 'url' ? `${context.scheme}://${host}` : host;
}

import { substitute, variablesOf } from '@ushadow/compose';
import type { ImportContext } from '../import-context.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { SourceText } from '../source-text.ts';
import { help, HELPER_NAMES, type Filled, type HelperContext } from './helpers.ts';
import type { TemplateSettings } from './template-settings.ts';

const REFERENCE = /\$\{([^{}]*)\}/g;

/** Piece of a text: as it is written, or what a reference stands for. */
export type Piece = string | ({ readonly reference: string } & Filled);

/** What a reference without a meaning becomes: an error, an empty text with a warning, or what is written. */
type Unknown = 'error' | 'empty' | 'kept';

const NOTHING: Filled = { text: '', secret: false, generated: false };

/** The values of a template's variables and of its `.env`; each is made once, when it is first asked for. */
export class Variables {
  readonly #settings: Pick<TemplateSettings, 'variables' | 'env'>;
  readonly #source: SourceText;
  readonly #context: ImportContext;
  readonly #values = new Map<string, Filled>();
  /** Those whose value is being made, in order. */
  readonly #open: string[] = [];
  #charactersLeft: number = IMPORT_LIMITS.filledCharactersMax;

  constructor(settings: Pick<TemplateSettings, 'variables' | 'env'>, source: SourceText, context: ImportContext) {
    this.#settings = settings;
    this.#source = source;
    this.#context = context;
  }

  /** `label`: what a host that it asks for is called after. */
  fill(text: string, label: string, unknown: Unknown = 'error'): Filled {
    return this.#joined(this.pieces(text, label, unknown), label);
  }

  env(name: string): Filled | undefined {
    return this.#value('env', name);
  }

  pieces(text: string, label: string, unknown: Unknown): readonly Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const { 0: written, 1: expression = '', index } of text.matchAll(REFERENCE)) {
      pieces.push(text.slice(at, index));
      const filled = this.#referred(expression.trim(), label, unknown);
      pieces.push(filled === undefined ? written : { reference: expression.trim(), ...filled });
      at = index + written.length;
    }
    return [...pieces, text.slice(at)].filter((piece) => piece !== '');
  }

  #joined(pieces: readonly Piece[], name: string): Filled {
    const parts = pieces.map((piece) => (typeof piece === 'string' ? { ...NOTHING, text: piece } : piece));
    const length = parts.reduce((sum, part) => sum + part.text.length, 0);
    this.#charactersLeft -= length;
    const limit = IMPORT_LIMITS.valueCharactersMax;
    if (length > limit || this.#charactersLeft < 0) {
      this.#context.findings.add('TPL0104', { name, limit }, { position: this.#source.findKey(name, 0) });
      return NOTHING;
    }
    return {
      text: parts.map((part) => part.text).join(''),
      secret: parts.some((part) => part.secret),
      generated: parts.some((part) => part.generated),
    };
  }

  /** A variable goes before a helper of its name, except in its own value: `password = "${password}"`. */
  #referred(expression: string, label: string, unknown: Unknown): Filled | undefined {
    const { findings } = this.#context;
    const isOwn = this.#open.at(-1) === `variables ${expression}`;
    const known = isOwn ? undefined : this.#value('variables', expression);
    if (known !== undefined) return known;
    const made = help(expression, this.#helping(label, unknown));
    if (made !== undefined && 'text' in made) return made;
    // The program that reads the text may know it: a shell its variable, a server its placeholder.
    if (unknown === 'kept') return undefined;
    const position = this.#source.find(`\${${expression}}`);
    if (made !== undefined) {
      findings.add('TPL0102', { helper: expression, expected: made.wrong }, { position });
      return NOTHING;
    }
    const isOwnLine = this.#open.at(-1) === `env ${expression}`;
    const ofEnv = isOwnLine ? undefined : this.#value('env', expression);
    if (ofEnv !== undefined) return ofEnv;
    if (/^[A-Za-z_]\w*:?[-?+]/.test(expression)) return this.#withDefault(expression);
    if (isOwn) this.#cycle(`variables ${expression}`);
    else if (isLeftOpen(expression, unknown)) findings.add('TPL0105', { name: expression }, { position });
    else findings.add('TPL0101', { helper: expression, known: HELPER_NAMES }, { position });
    return NOTHING;
  }

  /** `${NAME:-default}`, as an env file may have it. */
  #withDefault(expression: string): Filled {
    const text = `\${${expression}}`;
    const parts = variablesOf(text).flatMap(({ name }) => this.#value('env', name) ?? []);
    const result = substitute(text, (name) => this.#value('env', name)?.text);
    return {
      text: 'value' in result ? result.value : '',
      secret: parts.some((part) => part.secret),
      generated: parts.some((part) => part.generated),
    };
  }

  #value(kind: 'variables' | 'env', name: string): Filled | undefined {
    const text = this.#settings[kind].get(name);
    if (text === undefined) return undefined;
    const key = `${kind} ${name}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#open.includes(key) || this.#open.length >= IMPORT_LIMITS.nestingMax) {
      this.#cycle(key);
      return NOTHING;
    }
    this.#open.push(key);
    const value = this.fill(text, name, kind === 'env' ? 'empty' : 'error');
    this.#open.pop();
    this.#values.set(key, value);
    return value;
  }

  #cycle(key: string): void {
    const from = Math.max(this.#open.indexOf(key), 0);
    const names = [...this.#open.slice(from), key].map((each) => each.slice(each.indexOf(' ') + 1));
    const [name = ''] = names;
    this.#context.findings.add('TPL0103', { names }, { position: this.#source.findKey(name, 0) });
  }

  #helping(label: string, unknown: Unknown): HelperContext {
    const { random, hosts, now } = this.#context;
    const inside = this.#open.at(-1);
    const ofSite = inside === undefined ? unknown === 'kept' : inside.startsWith('env ');
    return { random, hosts, now, label, ofSite, variable: (name) => this.#value('variables', name)?.text };
  }
}

/** In capitals it is one of the env file, wherever it stands, and not a helper written wrong. */
function isLeftOpen(expression: string, unknown: Unknown): boolean {
  return (unknown === 'empty' ? /^[A-Za-z_]\w*$/ : /^[A-Z][A-Z0-9_]*$/).test(expression);
}

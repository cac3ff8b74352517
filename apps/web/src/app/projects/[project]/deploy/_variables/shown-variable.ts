import type { ProjectVariableData, StackData } from '@ushadow/contracts';
import { weakSecret } from '@ushadow/environment';

type Candidate = ProjectVariableData['candidates'][number];
export type Remembered = StackData['configuration']['variables'];

/** A variable as its row shows it: what the server said, with what is typed over it. */
export interface ShownVariable {
  readonly variable: ProjectVariableData;
  /** The value where it may be seen; what is typed always. */
  readonly text: string;
  readonly isTyped: boolean;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly source: ProjectVariableData['source'];
  /** For people: where the value comes from. */
  readonly reason: string | null;
  /** Required, and without a value. */
  readonly isMissing: boolean;
  /** Why the secret is easily guessed. */
  readonly weak: string | null;
}

interface Said {
  readonly values: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, boolean>;
  readonly remembered: Remembered;
}

export function shownVariable(variable: ProjectVariableData, said: Said): ShownVariable {
  const typed = said.values.get(variable.name);
  const marked = said.secrets.get(variable.name);
  return typed === undefined ? asFound(variable, marked, said.remembered) : asTyped(variable, marked, typed);
}

function asTyped(variable: ProjectVariableData, marked: boolean | undefined, text: string): ShownVariable {
  const isSecret = marked ?? variable.is_secret;
  const weak = isSecret ? (weakSecret(variable.name, text) ?? null) : null;
  const facts = { isTyped: true, isSet: true, isSecret, isMissing: false };
  return { ...facts, variable, text, source: 'typed', reason: null, weak };
}

function asFound(variable: ProjectVariableData, marked: boolean | undefined, remembered: Remembered): ShownVariable {
  const found = withoutTyped(variable, remembered);
  const { isSet, source, reason } = found;
  const isSecret = marked ?? (variable.is_secret || found.isSecret);
  return {
    ...{ variable, isTyped: false, isSet, isSecret, source, reason },
    // What is marked as secret is hidden at once.
    text: isSecret ? '' : (found.value ?? ''),
    isMissing: variable.is_required && !isSet,
    weak: isSet ? variable.weak : null,
  };
}

interface Found {
  readonly value: string | null;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly source: ProjectVariableData['source'];
  readonly reason: string | null;
}

/** What would be used without what is typed here: the answer may still have what was typed before. */
function withoutTyped(variable: ProjectVariableData, remembered: Remembered): Found {
  const kept = remembered.find(({ name, service, is_secret: isSecret }) => {
    return name === variable.name && service === null && isSecret;
  });
  const best = bestOf(variable);
  // A secret that the stack keeps is known to the server alone; it is stronger than what the page has.
  if (kept !== undefined && !isStronger(best)) {
    return {
      value: null,
      isSet: true,
      isSecret: true,
      source: 'remembered',
      reason: 'kept from an earlier deployment',
    };
  }
  if (best !== undefined) {
    return { value: best.value, isSet: true, isSecret: best.is_secret, source: best.source, reason: best.reason };
  }
  const isTyped = variable.source === 'typed';
  return {
    value: isTyped ? null : variable.value,
    isSet: !isTyped && variable.is_set,
    isSecret: variable.is_secret,
    source: isTyped ? 'none' : variable.source,
    reason: isTyped ? null : variable.reason,
  };
}

function bestOf({ candidates }: ProjectVariableData): Candidate | undefined {
  return candidates.find(({ eligible, source }) => eligible && source !== 'typed');
}

function isStronger(candidate: Candidate | undefined): boolean {
  return candidate?.source === 'env_file' || candidate?.source === 'shell';
}

/** Required ones first, those without a value before the others, then weak ones, then by name. */
export function inDisplayOrder(variables: readonly ProjectVariableData[]): ProjectVariableData[] {
  const rank = ({ is_required: isRequired, is_set: isSet, weak }: ProjectVariableData): number =>
    isRequired ? (isSet ? 1 : 0) : weak === null ? 3 : 2;
  return variables.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : Number(a.name > b.name)));
}

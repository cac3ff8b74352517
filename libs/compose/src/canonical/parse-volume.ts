/** The short form of a volume, taken apart. */
export interface ShortVolume {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly nocopy: boolean;
  readonly propagation: string;
  readonly selinux: string;
  /** False for a target of one or two characters without source: no options object is made for it. */
  readonly expanded: boolean;
}

const PROPAGATIONS = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);

/** Reads `[SOURCE:]TARGET[:OPTIONS]`; a single letter before a colon is a Windows drive. */
export function parseVolume(text: string): ShortVolume | { readonly problem: string } {
  if (text === '') return { problem: 'it is empty' };
  const plain = { readOnly: false, nocopy: false, propagation: '', selinux: '', expanded: true };
  if (text.length <= 2) return { ...plain, type: 'volume', source: '', target: text, expanded: false };
  const sections = sectionsOf(text);
  if (sections.some((section) => section === '')) return { problem: 'a section between colons is empty' };
  if (sections.length > 3) return { problem: 'it has too many colons' };
  const [first = '', second, options = ''] = sections;
  const source = second === undefined ? '' : first;
  const target = second ?? first;
  const type = isFilePath(source) ? 'bind' : 'volume';
  return { ...plain, type, source, target, ...readOptions(options) };
}

/** Colons inside of `${…}` part nothing. */
function sectionsOf(text: string): string[] {
  const sections: string[] = [];
  let section = '';
  let braces = 0;
  for (const character of text) {
    if (character === '{' && section.endsWith('$')) braces += 1;
    else if (character === '}' && braces > 0) braces -= 1;
    const drive = character === ':' && /^\p{L}$/u.test(section);
    if (character === ':' && braces === 0 && !drive) {
      sections.push(section);
      section = '';
    } else section += character;
  }
  return [...sections, section];
}

function readOptions(text: string): Partial<ShortVolume> {
  let options: Partial<ShortVolume> = {};
  for (const option of text.split(',')) {
    if (option === 'ro' || option === 'rw') options = { ...options, readOnly: option === 'ro' };
    else if (option === 'nocopy') options = { ...options, nocopy: true };
    else if (PROPAGATIONS.has(option)) options = { ...options, propagation: option };
    else if (option === 'z' || option === 'Z') options = { ...options, selinux: option };
  }
  return options;
}

function isFilePath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}

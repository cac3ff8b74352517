import { Document, type Node } from 'yaml';
import type { ComposeText } from '../compose/compose-text.ts';
import { inside, mountedPaths, type Mounted } from '../compose/mounted.ts';
import { entriesOf, entry, itemsOf, textOf as scalarText } from '../compose/yaml-nodes.ts';
import type { ImportContext } from '../import-context.ts';
import type { TemplateValue } from '../imported-template.ts';
import { pathInside, type SourceText } from '../source-text.ts';
import type { TemplateSettings } from './template-settings.ts';
import type { Piece, Variables } from './variables.ts';

export interface MountedFiles {
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** What files with generated values refer to. */
  readonly values: readonly TemplateValue[];
  readonly override: Readonly<Record<string, unknown>>;
}

interface Context extends Pick<ImportContext, 'findings'> {
  readonly source: SourceText;
  readonly compose: ComposeText;
  readonly variables: Variables;
}

/**
 * Files of a template, where the Compose file mounts them from. One with a generated value becomes a config whose content
 * refers to a variable: the stack keeps the value, and no file has it.
 */
export function mountFiles({ mounts, env }: Pick<TemplateSettings, 'mounts' | 'env'>, context: Context): MountedFiles {
  const { findings, source, compose, variables } = context;
  const mounted = mountedPaths(compose);
  const files = new Map<string, string>();
  const secretFiles = new SecretFiles(env, context);
  for (const { filePath, content, index } of mounts) {
    const named = variables.fill(filePath, filePath).text;
    const path = pathInside(named);
    if (path === undefined) {
      findings.add('TPL0306', { file: named }, { position: source.findKey('filePath', index) });
      continue;
    }
    const users = usersOf(path, mounted);
    const defined = definedBy(path, compose);
    const pieces = variables.pieces(content, path, 'kept');
    const isPlain = pieces.every((piece) => typeof piece === 'string' || !piece.generated);
    const place = (users[0] ?? defined[0])?.place ?? `files/${path}`;
    if (users.length + defined.length === 0) findings.add('TPL0305', { file: path });
    if (isPlain) files.set(place, pieces.map(textOf).join(''));
    else if (users.length > 0) secretFiles.add(path, pieces, users);
    if (!isPlain && defined.length > 0) secretFiles.define(path, pieces, defined);
  }
  if (files.size > 0) findings.add('TPL0303', { files: [...files.keys()] });
  return { files, ...secretFiles.result };
}

interface User extends Mounted {
  /** Of the file, in the project. */
  readonly place: string;
  /** Of the file, in the container. */
  readonly at: string;
  /** The mount is of the file itself, and not of a folder above it. */
  readonly isExact: boolean;
}

function usersOf(path: string, mounted: readonly Mounted[]): readonly User[] {
  return mounted.flatMap((each): User[] => {
    for (const place of [`files/${path}`, path]) {
      if (each.source === place) return [{ ...each, place, at: each.target, isExact: true }];
      if (each.source !== '' && place.startsWith(`${each.source}/`))
        return [{ ...each, place, at: each.target.replace(/\/*$/, place.slice(each.source.length)), isExact: false }];
    }
    return [];
  });
}

/** A config or secret of the project that is the file. */
interface Defined {
  readonly section: 'configs' | 'secrets';
  readonly name: string;
  readonly place: string;
}

function definedBy(path: string, compose: ComposeText): readonly Defined[] {
  const { document } = compose;
  return (['configs', 'secrets'] as const).flatMap((section) =>
    entriesOf(compose.section(section), document).flatMap(({ name, value }): Defined[] => {
      const file = inside(scalarText(entry(value, 'file', document)?.value) ?? '');
      const place = [`files/${path}`, path].find((each) => each === file);
      return place === undefined ? [] : [{ section, name, place }];
    }),
  );
}

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece.text;
}

/** Files that are made when the stack is. */
class SecretFiles {
  readonly #env: ReadonlyMap<string, string>;
  readonly #context: Context;
  readonly #values = new Map<string, TemplateValue>();
  readonly #configs = new Map<string, { content: string } | Node>();
  readonly #secrets = new Map<string, Node>();
  readonly #services = new Map<string, { grants: { source: string; target: string }[]; replaced: Set<number> }>();
  readonly #paths: string[] = [];

  constructor(env: ReadonlyMap<string, string>, context: Context) {
    this.#env = env;
    this.#context = context;
  }

  add(path: string, pieces: readonly Piece[], users: readonly User[]): void {
    const name = path.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'file';
    this.#paths.push(path);
    this.#configs.set(name, { content: pieces.map((piece) => this.#written(piece)).join('') });
    for (const { service, at, index, isExact } of users) {
      const known = this.#services.get(service) ?? { grants: [], replaced: new Set() };
      known.grants.push({ source: name, target: at });
      if (isExact) known.replaced.add(index);
      this.#services.set(service, known);
    }
  }

  /** A secret of Compose has no content, but may be that of a variable. */
  define(path: string, pieces: readonly Piece[], defined: readonly Defined[]): void {
    this.#paths.push(path);
    for (const { section, name } of defined) {
      if (section === 'configs') {
        this.#configs.set(name, instead({ content: pieces.map((piece) => this.#written(piece)).join('') }));
        continue;
      }
      const value = pieces.map(textOf).join('');
      const variable = this.#nameFor(path, value);
      const origin = { secret: true, generated: true, path: this.#context.source.file };
      this.#values.set(variable, { name: variable, value, ...origin });
      this.#secrets.set(name, instead({ environment: variable }));
    }
  }

  get result(): Pick<MountedFiles, 'values' | 'override'> {
    if (this.#paths.length === 0) return { values: [], override: {} };
    this.#context.findings.add('TPL0307', { files: [...new Set(this.#paths)] });
    const services = [...this.#services].map(([service, { grants, replaced }]) => [
      service,
      { configs: grants, ...(replaced.size === 0 ? {} : { volumes: this.#volumesWithout(service, replaced) }) },
    ]);
    const override = {
      ...(services.length === 0 ? {} : { services: Object.fromEntries(services) as Record<string, unknown> }),
      ...(this.#configs.size === 0 ? {} : { configs: Object.fromEntries(this.#configs) }),
      ...(this.#secrets.size === 0 ? {} : { secrets: Object.fromEntries(this.#secrets) }),
    };
    return { values: [...this.#values.values()], override };
  }

  #written(piece: Piece): string {
    if (typeof piece === 'string') return piece.replaceAll('$', '$$$$');
    if (!piece.generated) return piece.text.replaceAll('$', '$$$$');
    const { reference, text, secret } = piece;
    const name = this.#nameFor(reference, text);
    const path = this.#context.source.file;
    this.#values.set(name, { name, value: text, secret, generated: true, path });
    return `\${${name}}`;
  }

  /** A variable that is free, or has this very value. */
  #nameFor(reference: string, text: string): string {
    const plain = reference.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)|^$/, '_');
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? plain : `${plain}_${String(count)}`;
      const ofEnv = this.#env.has(name) ? this.#context.variables.env(name)?.text : text;
      if (ofEnv === text && (this.#values.get(name)?.value ?? text) === text) return name;
    }
  }

  /** All volumes of a service but these, in place of what the template has. */
  #volumesWithout(service: string, replaced: ReadonlySet<number>): Node {
    const { document, services } = this.#context.compose;
    const value = services.find(({ name }) => name === service)?.value;
    const left = itemsOf(entry(value, 'volumes', document)?.value, document).filter((_, index) => !replaced.has(index));
    const plain = left.map((item) => insideOf(document.createNode(item).toJS(document) as unknown));
    const node = new Document().createNode(plain);
    node.tag = plain.length === 0 ? '!reset' : '!override';
    return node;
  }
}

/** In place of all that the template says of it. */
function instead(content: Readonly<Record<string, string>>): Node {
  const node = new Document().createNode(content);
  node.tag = '!override';
  return node;
}

/** As `bringFilesInside` does it where the file itself is written. */
function insideOf(volume: unknown): unknown {
  if (typeof volume === 'string') return volume.replace(/^\.\.\/files(?=\/|:|$)/, './files');
  if (typeof volume !== 'object' || volume === null) return volume;
  return Object.fromEntries(
    Object.entries(volume).map(([key, value]) => [key, key === 'source' ? insideOf(value) : (value as unknown)]),
  );
}

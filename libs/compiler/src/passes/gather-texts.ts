import type { CompileInput } from '../compile-input.ts';
import type { AppService } from '../model/app.ts';
import type { ExposedDesign, SpokenText } from '../model/design.ts';
import type { Veil } from '../sensitive/secret-placeholders.ts';
import { recognised } from '../sensitive/secret-placeholders.ts';
import { bindClass, looksLikeKeyFile } from '../storage/bind-policy.ts';
import { readTree } from '../storage/read-tree.ts';
import { own } from '../text/own.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Characters of files for all services together: what is long and mounted by many is not looked through for each. */
const LOOKED_THROUGH_MAX = 8 * 1024 * 1024;

/**
 * Every text in which a service can call another by name: variables, commands, and the text files that it mounts. What is
 * secret has a stand-in there, and files that are secret as a whole are not read.
 */
export const gatherTexts: Pass<ExposedDesign> = {
  name: 'gather-texts',
  run(design, { input }) {
    const read = reader(input, design.veil);
    let left = LOOKED_THROUGH_MAX;
    const fits = ({ text }: SpokenText): boolean => {
      left -= text.length;
      return left >= 0;
    };
    return mapServices(design, (designed) => {
      const { service } = designed;
      return {
        ...designed,
        texts: [
          ...given(service),
          ...[...granted(service, design, input, read), ...bound(service, input, read)].filter(fits),
        ],
      };
    });
  },
};

type Read = (path: string) => readonly { readonly name: string; readonly text: string }[];

/** Reads each path once, however many services mount it. */
function reader({ files }: CompileInput, veil: Veil): Read {
  const known = new Map<string, ReturnType<Read>>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const tree = readTree(files, path);
    const whole = tree === undefined || tree.tooLarge ? [] : tree.files;
    const texts = whole.flatMap(({ path: name, content }) =>
      typeof content === 'string' && !looksLikeKeyFile(name) ? [{ name, text: recognised(content, veil) }] : [],
    );
    known.set(path, texts);
    return texts;
  };
}

function given({ environment, process, health, path }: AppService): readonly SpokenText[] {
  const words = (key: string, list: readonly string[] | undefined): readonly SpokenText[] =>
    (list ?? []).map((text) => ({ text, where: key, path: `${path}/${key}`, inFile: false }));
  return [
    ...environment.map((item) => ({
      text: item.value,
      where: `variable ${item.name}`,
      path: item.path,
      inFile: false,
    })),
    ...words('entrypoint', process.entrypoint),
    ...words('command', process.command),
    ...words('healthcheck', health?.command),
  ];
}

function bound({ mounts }: AppService, { positions }: CompileInput, read: Read): readonly SpokenText[] {
  return mounts
    .filter(({ kind, source, path }) => kind === 'bind' && bindClass(source, positions.at(path)?.file) === 'data')
    .flatMap(({ source, path }) =>
      read(source).map(({ name, text }) => ({ text, where: fileOf(name), path, inFile: true })),
    );
}

function granted(
  { grants }: AppService,
  { app, veil }: ExposedDesign,
  { variables }: CompileInput,
  read: Read,
): readonly SpokenText[] {
  return grants.flatMap(({ kind, source, path }) => {
    const found = kind === 'config' ? own(app.configs, source) : undefined;
    if (found === undefined || found.external) return [];
    const text = found.content ?? (found.environment === undefined ? undefined : own(variables, found.environment));
    const texts = text === undefined ? read(found.file ?? '') : [{ name: source, text: recognised(text, veil) }];
    return texts.map((item) => ({ text: item.text, where: fileOf(item.name), path, inFile: true }));
  });
}

const fileOf = (name: string): string => `file "${name}"`;

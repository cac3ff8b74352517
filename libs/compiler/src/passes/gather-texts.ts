import { own } from '@ushadow/kubernetes';
import type { CompileInput } from '../compile-input.ts';
import type { AppService } from '../model/app.ts';
import type { ExposedDesign, ServiceText } from '../model/design.ts';
import type { SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import { withRecognisablePlaced } from '../sensitive/secret-placeholders.ts';
import { once } from '../text/once.ts';
import { bindClass, looksLikeKeyFile } from '../storage/bind-policy.ts';
import { readTree } from '../storage/read-tree.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** Characters of files for all services together: what is long and mounted by many is not looked through for each. */
const LOOKED_THROUGH_MAX = 8 * 1024 * 1024;

/**
 * Every text in which a service can call another by name: variables, commands, and the text files that it mounts. What is
 * secret has a placeholder there, and files that are secret as a whole are not read.
 */
export const gatherTexts: Pass<ExposedDesign> = {
  name: 'gather-texts',
  run(design, { input }) {
    const read = reader(input, design.placeholders);
    let left = LOOKED_THROUGH_MAX;
    const fits = ({ text }: ServiceText): boolean => {
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

interface Read {
  readonly file: (path: string) => readonly { readonly name: string; readonly text: string }[];
  readonly text: (text: string) => string;
}

/** Reads each path and each text once, however many services mount it. */
function reader({ files }: CompileInput, placeholders: SecretPlaceholders): Read {
  const text = once((content: string) => withRecognisablePlaced(content, placeholders));
  const file = once((path: string) => {
    const tree = readTree(files, path);
    const whole = tree === undefined || tree.tooLarge ? [] : tree.files;
    return whole.flatMap(({ path: name, content }) =>
      typeof content === 'string' && !looksLikeKeyFile(name) ? [{ name, text: text(content) }] : [],
    );
  });
  return { file, text };
}

function given({ environment, process, health, path }: AppService): readonly ServiceText[] {
  const words = (key: string, list: readonly string[] | undefined): readonly ServiceText[] =>
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

function bound({ mounts }: AppService, { positions }: CompileInput, read: Read): readonly ServiceText[] {
  return mounts
    .filter(({ kind, source, path }) => kind === 'bind' && bindClass(source, positions.at(path)?.file) === 'data')
    .flatMap(({ source, path }) =>
      read.file(source).map(({ name, text }) => ({ text, where: fileOf(name), path, inFile: true })),
    );
}

function granted(
  { grants }: AppService,
  { app }: ExposedDesign,
  { variables }: CompileInput,
  read: Read,
): readonly ServiceText[] {
  return grants.flatMap(({ kind, source, path }) => {
    const found = kind === 'config' ? own(app.configs, source) : undefined;
    if (found === undefined || found.external) return [];
    const text = found.content ?? (found.environment === undefined ? undefined : own(variables, found.environment));
    const texts = text === undefined ? read.file(found.file ?? '') : [{ name: source, text: read.text(text) }];
    return texts.map((item) => ({ text: item.text, where: fileOf(item.name), path, inFile: true }));
  });
}

const fileOf = (name: string): string => `file "${name}"`;

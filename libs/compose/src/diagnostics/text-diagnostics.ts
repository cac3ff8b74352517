import { rule } from './catalogue.ts';

/** CPS01xx: YAML. CPS02xx: interpolation. */
export const textDiagnostics = {
  CPS0101: rule<{ problem: string }>({
    severity: 'error',
    title: 'YAML syntax',
    message: ({ problem }) => `This is not valid YAML: ${problem}.`,
    remedy: 'Check indentation, quotes and brackets here and in the lines above.',
  }),
  CPS0102: rule<{ key: string; line: number }>({
    severity: 'error',
    title: 'Key given twice',
    message: ({ key, line }) => `The key ${JSON.stringify(key)} is already given in line ${line}.`,
    remedy: 'Keep one of the two.',
  }),
  CPS0103: rule<{ alias: string }>({
    severity: 'error',
    title: 'Unknown anchor',
    message: ({ alias }) => `The alias *${alias} has no anchor &${alias} before it.`,
    remedy: 'Define the anchor earlier in the same file.',
  }),
  CPS0104: rule<{ alias: string }>({
    severity: 'error',
    title: 'Alias inside its own anchor',
    message: ({ alias }) => `The alias *${alias} stands inside the block that &${alias} names.`,
    remedy: 'Move the alias out of the block.',
  }),
  CPS0105: rule({
    severity: 'error',
    title: 'Merge key without mapping',
    message: () => 'The merge key << takes a mapping or a list of mappings.',
    remedy: 'Point it at an anchored mapping.',
  }),
  CPS0106: rule<{ key: string }>({
    severity: 'error',
    title: 'Key is not text',
    message: ({ key }) => `The key ${key} is not text.`,
    remedy: 'Put the key in quotes.',
  }),
  CPS0107: rule({
    severity: 'error',
    title: 'Not a Compose file',
    message: () => 'The top level of a Compose file is a mapping.',
    remedy: 'Start with `services:`.',
  }),
  CPS0108: rule({
    severity: 'error',
    title: 'Empty Compose file',
    message: () => 'The Compose file is empty.',
    remedy: 'Start with `services:`.',
  }),
  CPS0109: rule<{ tag: string }>({
    severity: 'error',
    title: 'Value does not fit its tag',
    message: ({ tag }) => `This value cannot be read as ${tag}.`,
    remedy: 'Remove the tag or correct the value.',
  }),
  CPS0201: rule({
    severity: 'error',
    title: 'Invalid interpolation',
    message: () => 'A variable is not written in a valid form here.',
    remedy: 'Write $NAME, ${NAME} or ${NAME:-default}; a plain dollar sign is written $$.',
  }),
  CPS0202: rule<{ variable: string; reason: string }>({
    severity: 'error',
    title: 'Required variable missing',
    message: ({ variable, reason }) => `The required variable ${variable} has no value${reason ? `: ${reason}` : ''}.`,
    remedy: ({ variable }) => `Set ${variable} in the environment or in .env.`,
  }),
  CPS0203: rule<{ variable: string }>({
    severity: 'warning',
    title: 'Variable not set',
    message: ({ variable }) => `The variable ${variable} is not set; an empty text takes its place.`,
    remedy: ({ variable }) => `Set ${variable}, or give a default: \${${variable}:-default}.`,
  }),
  CPS0204: rule<{ type: string }>({
    severity: 'error',
    title: 'Value of the wrong type',
    message: ({ type }) => `The value here is not ${type}.`,
    remedy: ({ type }) => `Write ${type}, or correct the variable it comes from.`,
  }),
  CPS0205: rule<{ text: string; meant: string }>({
    severity: 'warning',
    title: 'Boolean of YAML 1.1',
    message: ({ text, meant }) => `${JSON.stringify(text)} is read as ${meant} here.`,
    remedy: ({ meant }) => `Write ${meant}.`,
  }),
  CPS0206: rule<{ limit: number }>({
    severity: 'error',
    title: 'Variables nested too deeply',
    message: ({ limit }) => `Defaults stand inside defaults more than ${limit} levels deep.`,
    remedy: 'Name the variable with its own default.',
  }),
  CPS0207: rule<{ limit: number }>({
    severity: 'error',
    title: 'Text too long',
    message: ({ limit }) => `With its variables this text has more than ${limit} characters.`,
    remedy: 'Use shorter values, or keep the text in a file of its own.',
  }),
};

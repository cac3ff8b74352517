import { rule } from './catalogue.ts';

/** CPS00xx: files, their access and their limits. CPS03xx: env files and label files. */
export const fileDiagnostics = {
  CPS0001: rule<{ directory: string }>({
    severity: 'error',
    title: 'No Compose file',
    message: ({ directory }) => `There is no Compose file in ${directory}.`,
    remedy: 'Name one with -f, or add compose.yaml.',
  }),
  CPS0002: rule<{ file: string }>({
    severity: 'error',
    title: 'File not found',
    message: ({ file }) => `The file ${file} does not exist or cannot be read.`,
    remedy: 'Correct the path; it is relative to the file that names it.',
  }),
  CPS0003: rule<{ file: string }>({
    severity: 'error',
    title: 'Not a file',
    message: ({ file }) => `${file} is a directory, not a file.`,
    remedy: 'Name a file inside it.',
  }),
  CPS0004: rule<{ file: string }>({
    severity: 'error',
    title: 'File outside the project',
    message: ({ file }) => `${file} is outside the directories this project may read.`,
    remedy: 'Move the file below the project directory and refer to it there.',
  }),
  CPS0005: rule<{ file: string; bytes: number; limit: number }>({
    severity: 'error',
    title: 'File too large',
    message: ({ file, bytes, limit }) => `${file} has ${bytes} bytes; at most ${limit} are read.`,
    remedy: 'Split the project into several files.',
  }),
  CPS0006: rule<{ limit: number }>({
    severity: 'error',
    title: 'Project too large',
    message: ({ limit }) => `The files of this project have more than ${limit} bytes together.`,
    remedy: 'Include fewer files, or smaller ones.',
  }),
  CPS0007: rule<{ limit: number }>({
    severity: 'error',
    title: 'Nested too deeply',
    message: ({ limit }) => `Mappings and lists are nested more than ${limit} levels deep.`,
    remedy: 'Flatten the structure.',
  }),
  CPS0008: rule<{ limit: number }>({
    severity: 'error',
    title: 'Too many nodes',
    message: ({ limit }) => `With its aliases expanded the project has more than ${limit} nodes.`,
    remedy: 'Use fewer aliases inside anchored blocks.',
  }),
  CPS0009: rule<{ limit: number }>({
    severity: 'error',
    title: 'Too many includes',
    message: ({ limit }) => `The project includes more than ${limit} files.`,
    remedy: 'Include fewer files.',
  }),
  CPS0010: rule<{ count: number }>({
    severity: 'info',
    title: 'More findings',
    message: ({ count }) => `${count} more findings are not listed.`,
    remedy: 'Correct the ones above first.',
  }),
  CPS0011: rule<{ used: string; others: readonly string[] }>({
    severity: 'warning',
    title: 'Several Compose files with standard names',
    message: ({ used, others }) => `${used} is used; ${others.join(', ')} is ignored.`,
    remedy: 'Keep one of them, or name the files with -f.',
  }),
  CPS0012: rule<{ reference: string }>({
    severity: 'error',
    title: 'Remote file',
    message: ({ reference }) => `${reference} is a remote resource; only files of the project are read.`,
    remedy: 'Download the file and refer to the copy.',
  }),
  CPS0013: rule<{ limit: number }>({
    severity: 'error',
    title: 'Includes nested too deeply',
    message: ({ limit }) => `Files include each other more than ${limit} levels deep.`,
    remedy: 'Include the inner files from the outer one.',
  }),
  CPS0014: rule<{ limit: number }>({
    severity: 'error',
    title: 'Too many documents',
    message: ({ limit }) => `The files of this project have more than ${limit} YAML documents together.`,
    remedy: 'Join the documents that `---` divides.',
  }),
  CPS0015: rule<{ limit: number }>({
    severity: 'error',
    title: 'Names too long',
    message: ({ limit }) => `The names that lead to a value have more than ${limit} characters together.`,
    remedy: 'Use shorter keys.',
  }),
  CPS0016: rule<{ limit: number }>({
    severity: 'error',
    title: 'Project too costly',
    message: ({ limit }) => `Putting the files of this project together takes more than ${limit} steps.`,
    remedy:
      'Extend and include smaller files, and divide the project: a file counts again for each that lays it on another.',
  }),
  CPS0017: rule<{ limit: number }>({
    severity: 'error',
    title: 'Variables make too much text',
    message: ({ limit }) => `Variables and env files make more than ${limit} characters of text.`,
    remedy: 'Use shorter values, or name long ones and large env files in fewer places.',
  }),
  CPS0018: rule<{ services: number; limit: number }>({
    severity: 'error',
    title: 'Too many services',
    message: ({ services, limit }) => `The project has ${services} services; at most ${limit} are read.`,
    remedy: 'Divide it into several projects.',
  }),
  CPS0019: rule<{ limit: number }>({
    severity: 'error',
    title: 'Too much YAML',
    message: ({ limit }) => `The files of this project fall into more than ${limit} pieces of YAML.`,
    remedy: 'Include fewer files, or smaller ones.',
  }),
  CPS0301: rule<{ file: string }>({
    severity: 'error',
    title: 'Env file not found',
    message: ({ file }) => `The env file ${file} does not exist or cannot be read.`,
    remedy: 'Create it, correct the path, or write `required: false` when it may be missing.',
  }),
  CPS0302: rule<{ problem: string }>({
    severity: 'error',
    title: 'Env file not understood',
    message: ({ problem }) => `This line of an env file is not valid: ${problem}.`,
    remedy: 'Write NAME=value, with quotes around values that span lines.',
  }),
  CPS0303: rule<{ format: string }>({
    severity: 'error',
    title: 'Unknown env file format',
    message: ({ format }) => `The env file format ${JSON.stringify(format)} is not known.`,
    remedy: 'Leave `format` out, or write `format: raw`.',
  }),
  CPS0304: rule<{ file: string }>({
    severity: 'info',
    title: 'Optional env file missing',
    message: ({ file }) => `The optional env file ${file} does not exist; it is skipped.`,
    remedy: 'Nothing needs to be done.',
  }),
  CPS0305: rule<{ file: string }>({
    severity: 'error',
    title: 'Label file not found',
    message: ({ file }) => `The label file ${file} does not exist or cannot be read.`,
    remedy: 'Create it or correct the path.',
  }),
};

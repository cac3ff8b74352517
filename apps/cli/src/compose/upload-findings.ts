import { diagnosticFactory, rule } from '@ushadow/compose';

type File = { file: string };
type Size = File & { bytes: number; limit: number };

/** CLI00xx: what keeps a project of this machine from being sent. */
export const uploadFindings = {
  CLI0001: rule<{ service: string }>({
    severity: 'error',
    title: 'Only built',
    message: ({ service }) => `Service ${service} is built and has no image that a cluster could pull.`,
    remedy: 'Build it, push it to a registry, and name it with `image:` beside `build:`.',
  }),
  CLI0002: rule<File & { folder: string }>({
    severity: 'error',
    title: 'Outside the project',
    message: ({ file, folder }) => `${file} lies outside the project’s folder ${folder}; it is not sent.`,
    remedy:
      'Move it into the folder, choose a folder that holds both with --project-directory, or mount a named volume.',
  }),
  CLI0003: rule<File & { target: string }>({
    severity: 'warning',
    title: 'Link out of a mounted folder',
    message: ({ file, target }) => `${file} is a link that leaves the mounted folder, to ${target}; it is not sent.`,
    remedy: 'Put the file itself there, or mount it on its own.',
  }),
  CLI0004: rule<{ kind: string } & File>({
    severity: 'error',
    title: 'File missing',
    message: ({ kind, file }) => `The ${kind} ${file} does not exist or cannot be read.`,
    remedy: 'Create it, or correct the path.',
  }),
  CLI0005: rule<Size>({
    severity: 'error',
    title: 'File too large',
    message: ({ file, bytes, limit }) => `${file} has ${bytes} bytes; a file may have ${limit}.`,
    remedy: 'Put it into the image, or into a named volume.',
  }),
  CLI0006: rule<{ count: number; limit: number; largest: string }>({
    severity: 'error',
    title: 'Too many files',
    message: ({ count, limit, largest }) =>
      `The project needs ${count} files, most of them in ${largest}; ${limit} may be sent.`,
    remedy: 'Mount less than the whole folder, or put the files into the image.',
  }),
  CLI0007: rule<{ bytes: number; limit: number; largest: string }>({
    severity: 'error',
    title: 'Too many bytes',
    message: ({ bytes, limit, largest }) =>
      `The project’s files have ${bytes} bytes together, most of them in ${largest}; ${limit} may be sent.`,
    remedy: 'Mount less than the whole folder, or put the files into the image.',
  }),
  CLI0008: rule<Size>({
    severity: 'error',
    title: 'Too much for one mount',
    message: ({ file, bytes, limit }) =>
      `What is mounted from ${file} has ${bytes} bytes; one ConfigMap or Secret holds ${limit}.`,
    remedy: 'Mount only the files that are needed; data belongs into a named volume.',
  }),
  CLI0009: rule<File>({
    severity: 'warning',
    title: 'No file',
    message: ({ file }) => `${file} is neither a file nor a folder, or cannot be read; it is not sent.`,
    remedy: 'Nothing needs to be done where the application does not need it.',
  }),
  CLI0010: rule<File>({
    severity: 'error',
    title: 'Name in use',
    message: ({ file }) => `${file} is part of the project, but not what it begins with; it cannot be sent like this.`,
    remedy: 'Call the file otherwise, or begin with it.',
  }),
};

export const uploadFinding = diagnosticFactory(uploadFindings);

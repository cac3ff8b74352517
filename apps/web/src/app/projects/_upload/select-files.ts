/** A file as it was chosen; `path` has "/" and begins with the chosen folder, if one was chosen. */
export interface ChosenFile {
  readonly path: string;
  readonly size: number;
}

/** What is going to be uploaded. */
export interface Selection<F extends ChosenFile> {
  readonly kind: 'files' | 'archive';
  /** Paths below the project's folder; of an archive that one file. */
  readonly files: readonly F[];
  /** How many were left out, because programs put them there. */
  readonly leftOut: number;
  /** The folder's name, or the file's without its ending; null when it says nothing. */
  readonly name: string | null;
}

/** What file managers and version control add on their own; the server leaves it out of archives too. */
const ignored = /(^|\/)(__MACOSX|\.git|\.DS_Store|Thumbs\.db)(\/|$)/;
const zip = /\.zip$/i;

export function isBallast(path: string): boolean {
  return ignored.test(path);
}

/** Several files, one folder or one archive. A folder that holds everything is stepped into: its name stays as `name`. */
export function selectFiles<F extends ChosenFile>(chosen: readonly F[]): Selection<F> {
  const wanted = chosen.filter(({ path }) => !isBallast(path));
  const leftOut = chosen.length - wanted.length;
  const [first] = wanted;
  if (wanted.length === 1 && first !== undefined && zip.test(first.path)) {
    return { kind: 'archive', files: wanted, leftOut, name: stemOf(first.path) };
  }
  const folder = commonFolder(wanted);
  if (folder === null) {
    return { kind: 'files', files: wanted, leftOut, name: first === undefined ? null : stemOf(first.path) };
  }
  const files = wanted.map((file) => ({ ...file, path: file.path.slice(folder.length + 1) }));
  return { kind: 'files', files, leftOut, name: folder };
}

function commonFolder(files: readonly ChosenFile[]): string | null {
  const [first] = files;
  const at = first?.path.indexOf('/') ?? -1;
  if (first === undefined || at < 1) return null;
  const folder = first.path.slice(0, at);
  return files.every(({ path }) => path.startsWith(`${folder}/`)) ? folder : null;
}

const plainNames = /^(docker-)?compose$/;

/** Null where the name says no more than that it is a Compose file. */
function stemOf(path: string): string | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const stem = file.replace(/\.[^.]*$/, '');
  return plainNames.test(stem) || stem === '' ? null : stem;
}

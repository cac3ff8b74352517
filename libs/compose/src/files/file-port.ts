/** What a path is. Symbolic links are followed; `realPath` is where they lead. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Absolute path without symbolic links; absent: the path itself. */
  readonly realPath?: string;
}

/** How the loader sees files. Paths are absolute, with `/`. Nothing here throws. */
export interface FilePort {
  /** The text of a file (UTF-8), undefined when it is not there or cannot be read. */
  read(path: string): string | undefined;
  stat(path: string): FileStat | undefined;
  /** Names in a directory; empty when there is none. */
  list(path: string): readonly string[];
}

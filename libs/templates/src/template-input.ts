/** What a template consists of. */
export interface TemplateInput {
  /** What the stack is called unless somebody names it: the file without its ending, or the folder. */
  readonly name: string;
  /** By path below the template's folder, with `/`. One Compose file; for Dokploy's kind `template.toml`, `.json` or `.yml` beside it. */
  readonly files: Readonly<Record<string, string>>;
}

/** What cannot be computed. */
export interface ImportPorts {
  /** That many bytes that nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ImportOptions extends ImportPorts {
  /** Where the site is: its first address is this host itself, each further one a label below it. */
  readonly domain?: string;
  /** What addresses begin with. Default `https`. */
  readonly scheme?: 'http' | 'https';
}

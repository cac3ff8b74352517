/** A program that is found on the machine or built once from a pinned Go module. */
export type Program = {
  /** Name of the executable. */
  readonly name: string;
  /** Variables that name the executable itself. */
  readonly fileVariables: readonly string[];
  /** Variables that name a folder holding it. */
  readonly folderVariables: readonly string[];
  readonly recipe: Recipe;
};

/** How a program is built: `tools/<folder>/go.mod` pins `module`, whose version also names the folder in the cache. */
export type Recipe = {
  readonly folder: string;
  readonly module: string;
  /** The package to build, as `go build` takes it. */
  readonly package: string;
  /** Linker flags beyond stripping, given the version without its `v`. */
  readonly linkerFlags: (version: string) => readonly string[];
  /** Further names of the built file, which choose what it does. */
  readonly aliases: readonly string[];
  /** What a person should expect, e.g. "about 9 minutes the first time". */
  readonly patience: string;
};

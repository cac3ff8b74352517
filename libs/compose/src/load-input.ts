import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { FilePort } from './files/file-port.ts';
import type { LoadLimits } from './limits.ts';
import type { ComposeProject, PlainValue } from './model.ts';
import type { ParsedFiles } from './parse/parsed-files.ts';
import type { Position, PositionIndex } from './positions.ts';

/** What a project may reach. */
export interface LoadPolicy {
  /**
   * Directories below which files may be read (include, extends, env_file, label_file, .env). Absolute; absent:
   * anywhere. Symbolic links count by where they lead.
   */
  readonly roots?: readonly string[];
}

/** What a load does beside merging files, each of which can be left out. */
export type LoadStep = 'interpolation' | 'normalization' | 'path-resolution' | 'consistency' | 'env-resolution';

export interface LoadInput {
  /** Entry files, later ones override earlier ones; absolute, or relative to `workingDirectory`. Empty: found by name. */
  readonly files: readonly string[];
  readonly port: FilePort;
  /** The environment of the caller, explicitly; nothing else is looked at. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where relative paths of this input start, and where files are looked for by name. Default `/`. */
  readonly workingDirectory?: string;
  /** Replace the default `.env`; later ones win. */
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly policy?: LoadPolicy;
  readonly limits?: Partial<LoadLimits>;
  /** Keeps the files that were read for further loads of the same project. */
  readonly parsed?: ParsedFiles;
  /**
   * Stands where `${X:?…}` has no value, there alone, so that the rest of a project can be read; the finding stays.
   * Absent: the text stays as it was written.
   */
  readonly placeholder?: string;
  /**
   * Steps to leave out, to see what they do. Without one of the first three the project is one to look at; it is not to be
   * compiled.
   */
  readonly without?: readonly LoadStep[];
}

/** A variable that a template refers to. */
export interface VariableReference {
  readonly name: string;
  /** What happens without a value: `required` is an error, `default` takes `fallback`, `alternative` is the `+` form. */
  readonly kind: 'plain' | 'default' | 'required' | 'alternative';
  /** Raw text after the operator: default, error message, or alternative. */
  readonly fallback?: string;
  /** True for the forms with a colon: an empty value counts as unset. */
  readonly emptyCountsAsUnset: boolean;
}

/** How one environment variable of a service was declared, before substitution. */
export interface DeclaredVariable {
  readonly name: string;
  /** The text as written, with its `${…}`; null: declared without a value. */
  readonly template: string | null;
  readonly references: readonly VariableReference[];
  /** Where the value came from. */
  readonly origin: 'environment' | 'env_file';
  readonly position?: Position;
}

/** A text with variables, where it was written. */
export interface WrittenTemplate {
  /** JSON pointer in its own file. */
  readonly path: string;
  readonly template: string;
  readonly references: readonly VariableReference[];
  /** Variables in it that have no value, and that no default stands in for. */
  readonly unset: readonly string[];
  readonly position: Position;
}

export interface LoadResult {
  /** Absent when there were errors that leave nothing to show. */
  readonly project?: ComposeProject;
  /**
   * The merged files with all services, before values are brought to their types; only where the interpolation is left out:
   * a text with variables fits no type.
   */
  readonly model?: Readonly<Record<string, PlainValue>>;
  readonly positions: PositionIndex;
  /** Where relative paths of the entry files start, and what the project is named after. */
  readonly directory: string;
  readonly diagnostics: readonly Diagnostic[];
  /** True when no diagnostic is an error. */
  readonly ok: boolean;
  /** By service name (disabled ones too): its environment as declared, in the order of the canonical environment. */
  readonly declaredEnvironment: Readonly<Record<string, readonly DeclaredVariable[]>>;
  /** Every text with variables in the Compose files read, before substitution. */
  readonly templates: readonly WrittenTemplate[];
  /** Absolute paths of every file read, in order. */
  readonly filesRead: readonly string[];
  /** Variables the interpolation saw: the caller's environment over the env files. */
  readonly interpolationEnvironment: Readonly<Record<string, string>>;
  /** What the load has cost, in the units of `workMax` and `charactersMax`. */
  readonly cost: LoadCost;
}

export interface LoadCost {
  readonly nodes: number;
  readonly characters: number;
}

import { NOTHING_REPORTED, Report } from '../diagnostics/report.ts';
import type { LoadPolicy } from '../load-input.ts';
import type { LoadLimits } from '../limits.ts';
import type { Position } from '../positions.ts';
import type { FilePort } from './file-port.ts';
import { cleanPath, isWithin } from './paths.ts';

export type FileKind = 'compose' | 'env' | 'label';

const MISSING = { compose: 'CPS0002', env: 'CPS0301', label: 'CPS0305' } as const;

/** Who asks for a file: for the diagnostics. */
export interface Asked {
  readonly path: readonly string[];
  readonly at?: Position | undefined;
}

/** Reads files through the port within policy and limits; each file is read once. */
export class GuardedFiles {
  readonly #port: FilePort;
  readonly #limits: LoadLimits;
  readonly #roots: readonly string[] | undefined;
  readonly #report: Report;
  readonly #texts = new Map<string, string>();
  #bytes = 0;

  constructor(port: FilePort, limits: LoadLimits, policy: LoadPolicy, report: Report) {
    this.#port = port;
    this.#limits = limits;
    this.#roots = policy.roots?.map(cleanPath);
    this.#report = report;
  }

  /** The same files, for a reader whose findings are not reported. */
  quietly(): GuardedFiles {
    return new GuardedFiles(
      this.#port,
      this.#limits,
      this.#roots ? { roots: this.#roots } : {},
      new Report(NOTHING_REPORTED),
    );
  }

  get filesRead(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** True for a readable file inside the roots; reports nothing. */
  isFile(path: string): boolean {
    const stat = this.#allowed(path) ? this.#port.stat(path) : undefined;
    return stat?.kind === 'file' && this.#allowed(stat.realPath ?? path);
  }

  /** The text, or undefined after a diagnostic. */
  read(path: string, kind: FileKind, asked: Asked): string | undefined {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    if (!this.#allowed(path)) return this.#refuse('CPS0004', path, asked);
    const stat = this.#port.stat(path);
    if (stat?.kind === 'directory') return this.#refuse('CPS0003', path, asked);
    if (!stat) return this.#refuse(MISSING[kind], path, asked);
    if (!this.#allowed(stat.realPath ?? path)) return this.#refuse('CPS0004', path, asked);
    if (stat.size > this.#limits.fileBytesMax) return this.#tooLarge(path, stat.size, asked);
    const text = this.#port.read(path);
    if (text === undefined) return this.#refuse(MISSING[kind], path, asked);
    if (text.length > this.#limits.fileBytesMax) return this.#tooLarge(path, text.length, asked);
    this.#bytes += text.length;
    if (this.#bytes > this.#limits.totalBytesMax) {
      this.#report.add('CPS0006', { limit: this.#limits.totalBytesMax }, asked.path, asked.at);
      return undefined;
    }
    this.#texts.set(path, text);
    return text;
  }

  #allowed(path: string): boolean {
    return !this.#roots || this.#roots.some((root) => isWithin(cleanPath(path), root));
  }

  #refuse(code: 'CPS0002' | 'CPS0003' | 'CPS0004' | 'CPS0301' | 'CPS0305', file: string, asked: Asked): undefined {
    this.#report.add(code, { file }, asked.path, asked.at);
  }

  #tooLarge(file: string, bytes: number, asked: Asked): undefined {
    this.#report.add('CPS0005', { file, bytes, limit: this.#limits.fileBytesMax }, asked.path, asked.at);
  }
}

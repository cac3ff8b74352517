import type { Diagnostic, DiagnosticPlace, PositionIndex } from '@ushadow/compose';
import { realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileSetFindings, uploadLimitFindings } from './upload-limits.ts';
import type { Needed } from './needed-files.ts';
import { uploadFinding } from './upload-findings.ts';
import { attempt, isExecutable, isWithin, walkFolder, type WalkedFile } from './walk-folder.ts';

/** A file that is to be sent; its content is still on disk. */
export interface FoundFile {
  /** Below the project's folder, with "/". */
  readonly path: string;
  /** On this disk. */
  readonly from: string;
  readonly size: number;
  readonly executable: boolean;
  /** What it holds, where that does not lie on the disk. */
  readonly text?: string;
}

export interface Collected {
  /** By path. */
  readonly files: readonly FoundFile[];
  readonly findings: readonly Diagnostic[];
}

/** Looks for what a project needs, and says what of it cannot be sent, before anything is read. */
export async function collectFiles(
  needed: readonly Needed[],
  folder: string,
  positions: PositionIndex,
): Promise<Collected> {
  const collector = new Collector(folder, positions);
  const ofNodes = await mountsOfNodes(needed, folder);
  for (const each of needed) if (!ofNodes.has(each)) collector.take(each);
  const files = [...collector.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, findings: [...collector.findings, ...uploadLimitFindings(files)] };
}

/** Sockets and folders of the system are meant to be the node's own, temporary folders nobody's. The compiler knows them, and takes long to load. */
async function mountsOfNodes(needed: readonly Needed[], folder: string): Promise<ReadonlySet<Needed>> {
  const outside = needed.filter(({ as, source }) => as === 'mount' && !isWithin(source, folder));
  if (outside.length === 0) return new Set();
  const { bindClass } = await import('@ushadow/compiler');
  const composeFile = join(folder, 'compose.yaml');
  return new Set(outside.filter(({ source }) => bindClass(source, composeFile) !== 'data'));
}

class Collector {
  readonly files = new Map<string, FoundFile>();
  readonly findings: Diagnostic[] = [];
  private readonly folder: string;
  private readonly realFolder: string;
  private readonly positions: PositionIndex;
  private readonly seen = new Set<string>();

  constructor(folder: string, positions: PositionIndex) {
    this.folder = folder;
    this.realFolder = attempt(() => realpathSync(folder)) ?? folder;
    this.positions = positions;
  }

  take(needed: Needed): void {
    const { source, as } = needed;
    if (this.seen.has(`${as} ${source}`)) return;
    this.seen.add(`${as} ${source}`);
    if (as === 'recipe') this.takeRecipe(source);
    else this.takeWanted(needed);
  }

  private takeRecipe(source: string): void {
    const real = attempt(() => realpathSync(source));
    const stat = real === undefined ? undefined : attempt(() => statSync(real));
    if (real === undefined || stat?.isFile() !== true) return;
    if (isWithin(source, this.folder) && isWithin(real, this.realFolder))
      this.add([{ path: source, size: stat.size, executable: false }]);
  }

  private takeWanted(needed: Needed): void {
    const { source, as, kind, optional } = needed;
    const place = this.placeOf(needed);
    const real = attempt(() => realpathSync(source));
    const stat = real === undefined ? undefined : attempt(() => statSync(real));
    if (real === undefined || stat === undefined) {
      if (!optional) this.findings.push(uploadFinding('CLI0004', { kind, file: source }, place));
    } else if (!isWithin(source, this.folder) || !isWithin(real, this.realFolder)) this.refuseOutside(source, place);
    else if (stat.isDirectory() && as === 'mount') this.takeFolder(source, place);
    else if (!stat.isFile()) this.findings.push(uploadFinding('CLI0009', { file: this.shown(source) }, place));
    else {
      const file = { path: source, size: stat.size, executable: isExecutable(stat) };
      this.add([file]);
      if (as !== 'files') this.findings.push(...fileSetFindings(this.shown(source), [file], place));
    }
  }

  private takeFolder(source: string, place: DiagnosticPlace): void {
    const { files, links, others } = walkFolder(source);
    this.add(files);
    const targetOf = (target: string) => (isWithin(target, this.realFolder) ? this.shown(target) : target);
    this.findings.push(
      ...links.map(({ path, target }) =>
        uploadFinding('CLI0003', { file: this.shown(path), target: targetOf(target) }, place),
      ),
      ...others.map((path) => uploadFinding('CLI0009', { file: this.shown(path) }, place)),
      ...fileSetFindings(this.shown(source), files, place),
    );
  }

  private refuseOutside(file: string, place: DiagnosticPlace): void {
    this.findings.push(uploadFinding('CLI0002', { file, folder: this.folder }, place));
  }

  private add(files: readonly WalkedFile[]): void {
    for (const { path: from, size, executable } of files) {
      const path = this.shown(from);
      this.files.set(path, { path, from, size, executable });
    }
  }

  /** Below the project's folder, with "/". */
  private shown(path: string): string {
    return relative(this.folder, resolve(path)).split(sep).join('/') || '.';
  }

  private placeOf({ path }: Needed): DiagnosticPlace {
    const position = path === '' ? undefined : this.positions.at(path);
    return position === undefined ? {} : { path, position };
  }
}

import { readFile } from 'node:fs/promises';
import { sandbox, type SandboxData } from '@ushadow/contracts';

const NONE: SandboxData = { state: 'none', since: null, doing: null, reason: null, remedy: null };

/** How far the start command is with its sandbox cluster, as it says in a file. An installation without one has none. */
export class ReadSandbox {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  async run(): Promise<SandboxData> {
    if (this.file === '') return NONE;
    try {
      const read = sandbox.safeParse(JSON.parse(await readFile(this.file, 'utf8')));
      return read.success ? read.data : NONE;
    } catch {
      return NONE; // not written yet, or by another version
    }
  }
}

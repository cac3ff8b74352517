import { Injectable } from '@nestjs/common';
import type { InputOf, operations } from '@ushadow/contracts';
import { RunScan, type ScanRun } from './run-scan.ts';

/** Looks at several namespaces, or at all; one that may not be seen does not keep the others from being scanned. */
@Injectable()
export class ScanNamespaces {
  constructor(private readonly scanRun: RunScan) {}

  async run({ cluster_id, namespaces }: InputOf<typeof operations.scanNamespaces>): Promise<ScanRun> {
    const run = await this.scanRun.run(cluster_id, namespaces === undefined ? 'all' : [...new Set(namespaces)]);
    const first = run.failed[0]?.[1];
    // Where the cluster itself does not answer, it is not the namespaces that failed.
    if (run.scans.length === 0 && first?.code.startsWith('CLUSTER_') === true) throw first;
    return run;
  }
}

import { Injectable } from '@nestjs/common';
import type { InputOf, operations } from '@ushadow/contracts';
import { RunScan } from './run-scan.ts';
import type { Scan } from './scan.ts';

/** Scans one namespace, the cluster's own unless named. A failed scan changes nothing but the note of its failure. */
@Injectable()
export class ScanInfra {
  constructor(private readonly scanRun: RunScan) {}

  async run({ cluster_id, namespace }: InputOf<typeof operations.scanInfra>): Promise<Scan> {
    const { scans, failed } = await this.scanRun.run(cluster_id, namespace === undefined ? 'default' : [namespace]);
    const [scan] = scans;
    if (scan !== undefined) return scan;
    throw failed[0]?.[1] ?? new Error('a scan of one namespace has a result or a failure');
  }
}

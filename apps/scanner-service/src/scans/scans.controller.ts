import { Controller } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ScanInfra } from './scan-infra.ts';
import { ScanMapper } from './scan.mapper.ts';
import { ScanNamespaces } from './scan-namespaces.ts';
import { ScanStore } from './scan.store.ts';

@Controller()
export class ScansController {
  constructor(
    private readonly scanInfra: ScanInfra,
    private readonly scanNamespaces: ScanNamespaces,
    private readonly store: ScanStore,
    private readonly mapper: ScanMapper,
  ) {}

  @Handle(operations.scanInfra)
  async scan(input: InputOf<typeof operations.scanInfra>): Promise<OutputOf<typeof operations.scanInfra>> {
    return this.mapper.toContract(await this.scanInfra.run(input));
  }

  @Handle(operations.scanNamespaces)
  async scanMany(
    input: InputOf<typeof operations.scanNamespaces>,
  ): Promise<OutputOf<typeof operations.scanNamespaces>> {
    const { scans, failed } = await this.scanNamespaces.run(input);
    return {
      scans: this.mapper.toContracts(scans),
      failed: failed.map(([namespace, { code, message }]) => ({ namespace, code, message })),
    };
  }

  @Handle(operations.listScans)
  async list(input: InputOf<typeof operations.listScans>): Promise<OutputOf<typeof operations.listScans>> {
    return this.mapper.toContracts(await this.store.list(input.cluster_id));
  }

  @Handle(operations.deleteScan)
  async delete(input: InputOf<typeof operations.deleteScan>): Promise<OutputOf<typeof operations.deleteScan>> {
    const { cluster_id, namespace } = input;
    if (!(await this.store.delete(cluster_id, namespace))) {
      throw failure(operations.deleteScan, 'SCAN_NOT_FOUND', `No scan of namespace ${namespace} is kept.`);
    }
    return { cluster_id, namespace, message: `The scan of namespace ${namespace} was forgotten.` };
  }
}

import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ScanInfra } from './scan-infra.ts';
import { toContract } from './scan.mapper.ts';
import { ScanStore } from './scan.store.ts';

@Controller()
export class ScansController {
  constructor(
    private readonly scanInfra: ScanInfra,
    private readonly store: ScanStore,
  ) {}

  @Handle(operations.scanInfra)
  async scan(input: InputOf<typeof operations.scanInfra>): Promise<OutputOf<typeof operations.scanInfra>> {
    return toContract(await this.scanInfra.run(input));
  }

  @Handle(operations.listScans)
  async list(input: InputOf<typeof operations.listScans>): Promise<OutputOf<typeof operations.listScans>> {
    return (await this.store.list(input.cluster_id)).map(toContract);
  }
}

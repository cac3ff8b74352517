import { Injectable } from '@nestjs/common';
import { operations, type AuditEntryData, type TrailReportData } from '@ushadow/contracts';
import { OwnTrail, RpcCaller, toDomainError } from '@ushadow/messaging';
import type { AuditFilter } from '@ushadow/postgres';

/** What is asked of each trail. */
export type Wanted = AuditFilter & { readonly limit: number; readonly before?: number };

interface Trail {
  readonly list: (wanted: Wanted) => Promise<{ readonly entries: readonly AuditEntryData[] }>;
  readonly verify: () => Promise<TrailReportData>;
}

/** The trails of all services: one is here, the others are asked for. */
@Injectable()
export class Trails {
  private readonly all: Readonly<Record<AuditEntryData['service'], Trail>>;

  constructor(own: OwnTrail, caller: RpcCaller) {
    this.all = {
      cluster: {
        list: (wanted) => caller.call(operations.listClusterTrail, wanted),
        verify: () => caller.call(operations.verifyClusterTrail, {}),
      },
      compiler: {
        list: (wanted) => caller.call(operations.listCompilerTrail, wanted),
        verify: () => caller.call(operations.verifyCompilerTrail, {}),
      },
      scanner: {
        list: (wanted) => caller.call(operations.listScannerTrail, wanted),
        verify: () => caller.call(operations.verifyScannerTrail, {}),
      },
      operations: {
        list: (wanted) => caller.call(operations.listOperationsTrail, wanted),
        verify: () => caller.call(operations.verifyOperationsTrail, {}),
      },
      notifier: {
        list: (wanted) => caller.call(operations.listNotifierTrail, wanted),
        verify: () => caller.call(operations.verifyNotifierTrail, {}),
      },
      access: {
        list: (wanted) => caller.call(operations.listAccessTrail, wanted),
        verify: () => caller.call(operations.verifyAccessTrail, {}),
      },
      deployer: { list: (wanted) => own.list(wanted), verify: () => own.verify() },
    };
  }

  get services(): readonly AuditEntryData['service'][] {
    return Object.keys(this.all) as AuditEntryData['service'][];
  }

  /** Newest first; undefined where the service does not answer. */
  async list(service: AuditEntryData['service'], wanted: Wanted): Promise<readonly AuditEntryData[] | undefined> {
    const answer = await answered(this.all[service].list(wanted));
    return answer?.entries;
  }

  async verify(service: AuditEntryData['service']): Promise<TrailReportData | undefined> {
    return answered(this.all[service].verify());
  }
}

/** Undefined for who is away; what else goes wrong is an error. */
async function answered<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (toDomainError(error).kind === 'unavailable') return undefined;
    throw error;
  }
}

import { Injectable } from '@nestjs/common';
import type { DiagnosticData } from '@ushadow/contracts';
import type { Permission, Plan as EnginePlan } from '@ushadow/deploy-engine';
import type { DeployOptions } from '../deployments/deployment.ts';
import { Prisma, type Plan as Row } from '../generated/prisma/client.ts';
import { Database } from '../store/database.store.ts';
import { targetColumns, targetOf } from '../store/target-columns.ts';
import type { StoredPlan } from './plan.ts';

@Injectable()
export class PlanStore {
  constructor(private readonly database: Database) {}

  /** `desired`: envelope-encrypted for this plan. */
  async add(
    plan: Omit<StoredPlan, 'createdAt' | 'expiresAt'>,
    desired: string,
    lifeSeconds: number,
  ): Promise<StoredPlan> {
    const { target, options, plan: made, missingPermissions, diagnostics, services, about, ...rest } = plan;
    const row = await this.database.prisma.plan.create({
      data: {
        ...rest,
        ...targetColumns(target),
        services: [...services],
        about: about === null ? Prisma.DbNull : [...about],
        desired,
        options: options as unknown as Prisma.InputJsonObject,
        plan: made as unknown as Prisma.InputJsonObject,
        missingPermissions: missingPermissions as unknown as Prisma.InputJsonArray,
        diagnostics: diagnostics as unknown as Prisma.InputJsonArray,
        expiresAt: new Date(Date.now() + lifeSeconds * 1000),
      },
    });
    return fromRow(row);
  }

  async find(id: string): Promise<StoredPlan | undefined> {
    const row = await this.database.prisma.plan.findUnique({ where: { id } });
    return row === null ? undefined : fromRow(row);
  }

  /** The desired objects, still encrypted. */
  async desired(id: string): Promise<string> {
    return (await this.database.prisma.plan.findUniqueOrThrow({ where: { id }, select: { desired: true } })).desired;
  }
}

function fromRow({ desired: _desired, targetKind, targetId, ...row }: Row): StoredPlan {
  return {
    ...row,
    target: targetOf({ targetKind, targetId }),
    kind: row.kind as StoredPlan['kind'],
    about: row.about as readonly string[] | null,
    options: row.options as unknown as DeployOptions,
    plan: row.plan as unknown as EnginePlan,
    missingPermissions: row.missingPermissions as unknown as readonly Permission[],
    diagnostics: row.diagnostics as unknown as readonly DiagnosticData[],
  };
}

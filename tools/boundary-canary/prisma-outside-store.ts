// as apps/deployer-service/src/canary.ts
// expect no-restricted-imports 1
import { PrismaClient } from './generated/prisma/client.ts';

export const used = PrismaClient;

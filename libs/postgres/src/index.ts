export { migrate } from './migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrate.ts';
export { MigrationError } from './migration-error.ts';
export type { MigrationErrorCode } from './migration-error.ts';
export { prismaConnection } from './prisma-connection.ts';
export type { PrismaConnection, PrismaConnectionOptions } from './prisma-connection.ts';
export { whenDatabaseAnswers } from './when-database-answers.ts';
export type { OnWait } from './when-database-answers.ts';

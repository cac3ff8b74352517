import type { Deployment } from '../deployments/deployment.ts';
import type { Prisma } from '../generated/prisma/client.ts';

/** After a rollback: the revisions it has left are marked, so that nobody is offered them again. */
export async function markUndone(transaction: Prisma.TransactionClient, rollback: Deployment): Promise<void> {
  if (rollback.basedOn === null) return;
  const { stackId, revision, afterDigest } = rollback;
  const restored = await transaction.deployment.findUnique({
    where: { id: rollback.basedOn },
    select: { revision: true },
  });
  if (restored === null) return;
  await transaction.deployment.updateMany({
    where: {
      stackId,
      revision: { gt: restored.revision, lt: revision },
      // The same content under another number is not bad.
      NOT: { afterDigest },
    },
    data: { undone: true },
  });
}

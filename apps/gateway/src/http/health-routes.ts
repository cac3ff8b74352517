import { readiness, type HealthChecks } from '@ushadow/observability';
import { Router } from 'express';

/** `/healthz` and `/readyz` of the gateway, on its own port. */
export function healthRoutes(checks: HealthChecks): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response, next) => {
    readiness(checks).then((state) => response.status(state.ready ? 200 : 503).json(state), next);
  });
  return router;
}

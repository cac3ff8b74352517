import type { DesignedService } from '../../model/design.ts';
import type { EmitContext } from '../emit-context.ts';
import type { Sourced } from '../sourced.ts';
import { emitHttpRoutes } from './http-route.ts';
import { emitIngress } from './ingress.ts';
import { emitStreamRoutes } from './stream-route.ts';

/** The ways in from outside, as the target has them: routes of a Gateway, or an Ingress. */
export function emitRoutes(designed: DesignedService, context: EmitContext): readonly Sourced[] {
  const { routes } = context.target;
  if (routes?.kind === 'gateway')
    return [...emitHttpRoutes(designed, routes, context), ...emitStreamRoutes(designed, routes, context)];
  if (designed.routes.length === 0) return [];
  const ingress = emitIngress(designed, context);
  return ingress === undefined ? [] : [ingress];
}

import type { GatewayTarget } from '../../compile-input.ts';
import type { DesignedService } from '../../model/design.ts';
import type { EmitContext } from '../emit-context.ts';
import { metadata, serviceLabels, userAnnotations } from '../metadata.ts';
import type { Sourced } from '../sourced.ts';
import { from, some } from '../sourced.ts';

/** TCPRoutes, TLSRoutes and UDPRoutes of one service. */
export function emitStreamRoutes(
  designed: DesignedService,
  { name, namespace }: GatewayTarget,
  context: EmitContext,
): readonly Sourced[] {
  return designed.streams.map(({ kind, path, objectName, sections, serverNames, endpoint, backend }) =>
    from(path, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: metadata(
        objectName,
        context,
        serviceLabels(designed, context),
        userAnnotations({ ...designed.settings.annotations }),
      ),
      spec: {
        parentRefs: sections.map((sectionName) => ({ name, namespace, sectionName })),
        hostnames: some(serverNames),
        rules: [{ backendRefs: [{ name: endpoint, port: backend.port }] }],
      },
    }),
  );
}

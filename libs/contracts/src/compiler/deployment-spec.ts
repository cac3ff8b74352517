import { z } from 'zod';
import { labels } from '../fields.ts';

const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/, 'a Kubernetes quantity such as 100m, 0.5 or 256Mi');
const resourceList = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional() });
export const hostName = z
  .string()
  .max(253)
  .regex(/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'a lower-case DNS name');

/** Where a service is to be reached from outside: the port is one of its container. */
const publicAddress = z
  .string()
  .max(2048)
  .regex(
    /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:\d{1,5})?(\/[^?#\s]*(#strip)?)?$/,
    'a public address is HOST[:PORT][/PATH[#strip]], such as shop.example.org:3000/api',
  );

/** How a service is to run, beside what its Compose file says (R68–R78). */
export const deploymentSpec = z
  .strictObject({
    replicas: z.int().min(1).max(100).optional().describe('1 unless given here or in the Compose file'),
    resources: z.strictObject({ requests: resourceList.optional(), limits: resourceList.optional() }).optional(),
    service_type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).optional(),
    health_check_path: z
      .string()
      .startsWith('/')
      .max(1024)
      .nullable()
      .optional()
      .describe('Absent: probes from the Compose health check. null: no probes. A path: HTTP probes on the first port'),
    ingress: z
      .strictObject({
        enabled: z.boolean(),
        host: hostName.optional(),
        path: z.string().startsWith('/').max(1024).optional(),
        tls: z.boolean().optional(),
        class_name: z.string().max(253).optional(),
      })
      .optional(),
    public_at: z
      .array(publicAddress)
      .max(50)
      .optional()
      .describe(
        '`HOST[:PORT][/PATH[#strip]]`: Ingress or HTTPRoute, as the cluster has it, with TLS where it issues certificates; `#strip`: the service is asked without the path. Takes the place of routes that labels describe. `[]`: none',
      ),
    without_filters: z
      .array(z.string().min(1).max(200))
      .max(50)
      .optional()
      .describe('Middlewares of routes to do without where the cluster cannot express them, by type or name; `*`: all'),
    annotations: z.record(z.string().max(317), z.string()).optional(),
    labels: labels.optional(),
    node_selector: labels.optional(),
  })
  .meta({ id: 'DeploymentSpec' });

export type DeploymentSpecData = z.infer<typeof deploymentSpec>;

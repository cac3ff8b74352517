import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { delivery, deliveryId } from './delivery.ts';
import { deliveryErrors } from './errors.ts';

export const resendDelivery = defineOperation({
  service: 'notifier',
  name: 'resend-delivery',
  summary: 'Deliver once more, under the same id',
  http: { method: 'POST', path: '/api/notifications/deliveries/:delivery_id/resend' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'delivery.resent',
  input: z.strictObject({ delivery_id: deliveryId }),
  output: delivery,
  errors: deliveryErrors,
});

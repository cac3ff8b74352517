import type { NotificationData } from '@ushadow/contracts';

export function testNotification(channel: string, publicUrl: string, now = new Date()): NotificationData {
  return {
    type: 'test',
    severity: 'good',
    title: 'A test from Ushadow',
    text: `Notifications of the channel ${channel} come here.`,
    facts: [],
    link: `${publicUrl}/settings/notifications`,
    time: now.toISOString(),
    target: null,
    stack_id: null,
    deployment_id: null,
  };
}

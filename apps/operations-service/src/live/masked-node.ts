import type { TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';

export type Mask = (text: string) => string;

/** A node without what is secret: last words of containers, and what a node or a controller says, may repeat it. */
export function maskedNode(node: TreeNodeData, mask: Mask): TreeNodeData {
  const message = masked(node.message, mask);
  if (node.type === 'container' && node.last_exit !== null)
    return { ...node, message, last_exit: { ...node.last_exit, message: masked(node.last_exit.message, mask) } };
  if (node.type === 'route')
    return {
      ...node,
      message,
      conditions: node.conditions.map((each) => ({ ...each, message: masked(each.message, mask) })),
    };
  return message === node.message ? node : { ...node, message };
}

export function maskedEvent(event: KubeObject, mask: Mask): KubeObject {
  const { message } = event;
  return typeof message === 'string' ? { ...event, message: masked(message, mask) } : event;
}

function masked(text: string, mask: Mask): string {
  return text === '' ? text : mask(text);
}

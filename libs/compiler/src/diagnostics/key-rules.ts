import { rule } from '@ushadow/compose';

export const KEY_RULES = {
  CMP0460: rule<{ key: string }>({
    severity: 'info',
    title: 'Key came to nothing here',
    message: ({ key }) => `Nothing in the objects comes from "${key}": its value asks for what is there without it.`,
    remedy: 'Nothing to do, unless it was meant to change something.',
  }),
  CMP1001: rule<{ key: string; reason: string; remedy: string }>({
    severity: 'warning',
    title: 'Key is not carried over',
    message: ({ key, reason }) => `"${key}" is not carried over. ${reason}`,
    remedy: ({ remedy }) => remedy,
  }),
  CMP1002: rule<{ key: string; reason: string; remedy: string }>({
    severity: 'info',
    title: 'Key has no meaning in a cluster',
    message: ({ key, reason }) => `"${key}" has no effect. ${reason}`,
    remedy: ({ remedy }) => remedy,
  }),
  CMP1003: rule<{ key: string; difference: string }>({
    severity: 'info',
    title: 'Key is carried over with a difference',
    message: ({ key, difference }) => `"${key}" is carried over with a difference. ${difference}`,
    remedy: 'Nothing to do if the difference does not matter.',
  }),
};

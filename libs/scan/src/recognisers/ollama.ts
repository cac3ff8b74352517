import type { Recogniser } from '../recogniser.ts';

export const ollama: Recogniser = {
  type: 'ollama',
  title: 'Ollama',
  names: ['ollama'],
  images: ['ollama'],
  ports: [{ name: 'http', port: 11434, schemes: ['http', 'https'] }],
  distinctivePort: true,
  scheme: 'http',
  schemes: [],
};

import type { Recogniser } from '../recogniser.ts';

export const chroma: Recogniser = {
  type: 'chroma',
  title: 'Chroma',
  names: ['chroma', 'chromadb'],
  images: ['chroma', 'chromadb'],
  ports: [{ name: 'http', port: 8000, schemes: ['http', 'https'] }],
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
  credentials: { user: [], password: ['CHROMA_SERVER_AUTHN_CREDENTIALS', 'CHROMA_SERVER_AUTH_CREDENTIALS'] },
};

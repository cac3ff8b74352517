import type { Recogniser } from '../recogniser.ts';

// Object storage, models, logins.

export const minio: Recogniser = {
  type: 'minio',
  title: 'MinIO',
  names: ['minio'],
  images: ['minio', 'aistor'],
  ports: [
    { name: 'api', port: 9000, schemes: ['http', 'https', 's3'] },
    { name: 'console', port: 9001, schemes: [], use: 'side' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: ['minio'],
  credentials: {
    user: ['MINIO_ROOT_USER', 'MINIO_ACCESS_KEY'],
    password: ['MINIO_ROOT_PASSWORD', 'MINIO_SECRET_KEY'],
  },
};

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

export const keycloak: Recogniser = {
  type: 'keycloak',
  title: 'Keycloak',
  names: ['keycloak', 'keycloakx'],
  images: ['keycloak', 'keycloakx'],
  ports: [
    { name: 'http', port: 8080, schemes: ['http'] },
    { name: 'https', port: 8443, schemes: ['https'] },
    { name: 'management', port: 9000, use: 'side' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
  credentials: {
    user: ['KC_BOOTSTRAP_ADMIN_USERNAME', 'KEYCLOAK_ADMIN', 'KEYCLOAK_ADMIN_USER'],
    password: ['KC_BOOTSTRAP_ADMIN_PASSWORD', 'KEYCLOAK_ADMIN_PASSWORD'],
  },
};

import { openApiDocument } from '@/lib/http/openapi';
import packageJson from '@/package.json';
import { routes } from './routes';

/** The OpenAPI document of this version. */
export const apiDocument = openApiDocument(routes, packageJson.version);

import type { Metadata } from 'next';
import { TitledPage } from '@/app/_ui/page-parts';
import packageJson from '@/package.json';
import { apiDocument } from './openapi.json/document';
import { type Schema, SchemaTable } from './schema-table';

export const metadata: Metadata = { title: 'API' };

interface Content {
  description?: string;
  content?: Record<string, { schema: Schema }>;
}

interface Operation {
  summary: string;
  'x-access': string;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const groups: readonly (readonly [title: string, pattern: RegExp])[] = [
  ['Videos', /^\/api\/videos/],
  ['Packages', /^\/api\/packages/],
  ['Files', /^\/(media|download)\//],
  ['Accounts', /^\/api\/(session|setup|invitation|account|users|tokens|shares|audit)/],
  ['Server', /^\/api\/(health|openapi)/],
  ['Legacy API', /./],
];

/** The reference of the HTTP API, from its OpenAPI document. */
export default function Page() {
  const { paths, components } = apiDocument as unknown as Document; // made by openApiDocument
  const groupOf = (path: string) => groups.find(([, pattern]) => pattern.test(path))?.[0];
  return (
    <TitledPage
      title="API"
      intro={
        <>
          Version {packageJson.version}. Programs read this description as{' '}
          <a className="text-accent underline underline-offset-2" href="/api/openapi.json">
            OpenAPI 3.1
          </a>
          . Errors are problem+json (RFC 9457).
        </>
      }
    >
      {groups.map(([title]) => (
        <section key={title} className="mt-10" aria-label={title}>
          <h2 className="mb-3 font-semibold text-title">{title}</h2>
          <div className="panel divide-y divide-line">
            {Object.entries(paths)
              .filter(([path]) => groupOf(path) === title)
              .flatMap(([path, operations]) =>
                Object.entries(operations).map(([method, operation]) => (
                  <OperationDetails key={method + path} {...{ method, path, operation }} />
                )),
              )}
          </div>
        </section>
      ))}
      <section className="mt-10" aria-label="Objects">
        <h2 className="mb-3 font-semibold text-title">Objects</h2>
        <div className="grid gap-5">
          {Object.entries(components.schemas).map(([name, schema]) => (
            <div key={name} id={name} className="panel scroll-mt-4 p-5">
              <h3 className="mb-2 font-mono font-semibold">{name}</h3>
              <SchemaTable schema={schema} />
            </div>
          ))}
        </div>
      </section>
    </TitledPage>
  );
}

interface OperationProps {
  method: string;
  path: string;
  operation: Operation;
}

function OperationDetails({ method, path, operation }: OperationProps) {
  const { summary, parameters = [], requestBody, responses } = operation;
  return (
    <details className="group p-4 sm:px-5">
      <summary className="grid items-baseline gap-x-4 gap-y-1 sm:grid-cols-[5rem_1fr_1fr]">
        <span className="font-mono font-semibold text-accent text-sm uppercase">{method}</span>
        <span className="break-all font-mono text-sm">{path}</span>
        <span className="text-pretty text-soft text-sm">{summary}</span>
      </summary>
      <div className="mt-4 grid gap-5 border-line border-t pt-4">
        {parameters.length > 0 && (
          <Part title="Parameters">
            <SchemaTable schema={parametersAsObject(parameters)} />
          </Part>
        )}
        {requestBody && <ContentPart title="Body" {...requestBody} />}
        {Object.entries(responses).map(([status, response]) => (
          <ContentPart
            key={status}
            title={status === 'default' ? 'Errors' : `Answer ${status}`}
            {...response}
          />
        ))}
      </div>
    </details>
  );
}

function parametersAsObject(parameters: NonNullable<Operation['parameters']>): Schema {
  const fields = parameters.map(({ name, schema, description }) => [name, { ...schema, description }]);
  return {
    properties: Object.fromEntries(fields),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function ContentPart({ title, content, description }: Content & { title: string }) {
  const [[type, body] = []] = Object.entries(content ?? {});
  return (
    <Part title={title} note={type ?? description}>
      {body && <SchemaTable schema={body.schema} />}
    </Part>
  );
}

interface PartProps {
  title: string;
  note?: string | undefined;
  children: React.ReactNode;
}

function Part({ title, note, children }: PartProps) {
  return (
    <div>
      <h3 className="mb-1 font-medium text-sm">
        {title}
        {note && <span className="ml-2 font-mono font-normal text-soft text-xs">{note}</span>}
      </h3>
      {children}
    </div>
  );
}

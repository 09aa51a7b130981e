/** A JSON Schema (2020-12), as far as the API's document uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
}

/** The fields of an object, each with its type and meaning; other schemas are one line. */
export function SchemaTable({ schema }: { schema: Schema }) {
  const { properties, required = [] } = schema;
  if (!properties)
    return (
      <p className="font-mono text-sm">
        <TypeName schema={schema} />
      </p>
    );
  const fields = Object.entries(properties);
  if (fields.length === 0) return <p className="text-soft text-sm">No fields.</p>;
  return (
    <dl className="divide-y divide-line text-sm">
      {fields.map(([name, field]) => (
        <div key={name} className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[14rem_1fr]">
          <dt className="break-all font-mono">
            {name}
            {!required.includes(name) && <span className="text-soft"> (optional)</span>}
          </dt>
          <dd className="min-w-0">
            <span className="break-words font-mono text-soft">
              <TypeName schema={field} />
            </span>
            {field.description && <p className="mt-0.5 text-pretty">{field.description}</p>}
            {nested(field).map((inner) => (
              <div key={JSON.stringify(inner)} className="mt-2 border-line border-l-2 pl-3">
                <SchemaTable schema={inner} />
              </div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The objects within a field, that have no name of their own. */
function nested({ properties, required = [], items, anyOf = [] }: Schema): Schema[] {
  if (properties) return [{ properties, required }];
  return [...(items ? [items] : []), ...anyOf].flatMap(nested);
}

function TypeName({ schema }: { schema: Schema }) {
  const { $ref, type, items, anyOf, format } = schema;
  if ($ref) {
    const name = $ref.split('/').at(-1);
    return (
      <a className="text-accent underline underline-offset-2" href={`#${name}`}>
        {name}
      </a>
    );
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf) return anyOf.map((part, i) => <Part key={JSON.stringify(part)} part={part} isFirst={i === 0} />);
  if (items)
    return (
      <>
        list of <TypeName schema={items} />
      </>
    );
  return [format ?? type ?? 'any value'].flat().join(' | ');
}

function Part({ part, isFirst }: { part: Schema; isFirst: boolean }) {
  return (
    <>
      {!isFirst && ' | '}
      <TypeName schema={part} />
    </>
  );
}

import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import * as z from 'zod';
import { problem } from '../problems/problem.js';

/** The description of all routes, OpenAPI 3.1; a copy is kept in docs/openapi.json. */
export function describeRoutes(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Windfall')
    .setDescription(
      'Curtailed wind energy of Great Britain, what was paid for it, and the bitcoin it could have made. Reading is open; ' +
        'writing needs an operator key: press Authorize. Each answer says how complete it is.\n\n' +
        'Contains BMRS data © Elexon Limited copyright and database right.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Operator key' })
    .addGlobalResponse({
      status: 'default',
      description: 'Problem details (RFC 9457)',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convert,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  Object.assign(((document.components ??= {}).schemas ??= {}), convert(problem, { schemaType: 'output' })?.components);
  describeTextFormats(document);
  return document;
}

/** Nest asks zod for OpenAPI 3.0; 3.1 takes JSON Schema as it is, and schemas with an id become components. */
function convert(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $schema: _,
    $defs = {},
    id,
    ...converted
  } = withReferencesToComponents(
    z.toJSONSchema(schema, {
      io: schemaType,
      override: ({ jsonSchema }) => {
        // Fields may be added to what is served; what is sent here has to be known.
        if (schemaType === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }),
  );
  if (id === undefined) return { schema: converted, components: $defs };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...$defs, [id]: converted } };
}

/** What a schema by itself keeps in its own `$defs` is a component of the document. */
function withReferencesToComponents<Schema>(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Schema;
}

/** Nest describes every media type of a response alike; a list as CSV or NDJSON is text. */
function describeTextFormats(document: OpenAPIObject): void {
  for (const { get } of Object.values(document.paths)) {
    const ok = get?.responses['200'];
    if (ok === undefined || '$ref' in ok) continue;
    for (const [mediaType, content] of Object.entries(ok.content ?? {})) {
      if (mediaType !== 'application/json') content.schema = { type: 'string' };
    }
  }
}

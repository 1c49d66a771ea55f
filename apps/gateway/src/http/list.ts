import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { stringify } from 'csv-stringify/sync';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import * as z from 'zod';
import { listOf, type Page } from './page.js';

const mediaTypes = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  text: 'text/plain',
} as const;
type Format = keyof typeof mediaTypes;

export const format = z.enum(['json', 'csv', 'ndjson']).optional().meta({
  description: 'Format of the answer; without it the Accept header decides',
  example: 'json',
});

/** Of a list that can also be had as text for people. */
export const formatOrText = z.enum(['json', 'csv', 'ndjson', 'text']).optional().meta({
  description: 'Format of the answer; without it the Accept header decides',
  example: 'json',
});

interface ListOptions<Item> {
  schema: z.ZodObject;
  /** One item as JSON. */
  json: (item: Item) => string;
  /** One item as an object, for the columns of a CSV. */
  fields: (item: Item) => object;
  /** The page for people; undefined when there is no such format. */
  text: ((page: Page<Item>) => string) | undefined;
}

const LIST_OPTIONS = 'listOptions';

/**
 * Serves the page that a route returns as JSON, CSV or NDJSON.
 *
 * @param schema of one item
 */
export function List<Item extends object>(
  schema: z.ZodObject,
  options: Partial<Pick<ListOptions<Item>, 'json' | 'fields' | 'text'>> & { description: string; list?: z.ZodObject },
): MethodDecorator {
  const { description, list = listOf(schema), json = JSON.stringify, fields = (item: Item) => item, text } = options;
  const types = formatsOf({ text }).map((name) => mediaTypes[name]);
  return applyDecorators(
    SetMetadata(LIST_OPTIONS, { schema, json, fields, text } satisfies ListOptions<Item>),
    UseInterceptors(ListInterceptor),
    ApiProduces(...types),
    ApiOkResponse({ description, standardSchema: list }),
  );
}

@Injectable()
export class ListInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<Page<object>>): Observable<string> {
    const options = this.reflector.get<ListOptions<object>>(LIST_OPTIONS, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((page) => {
        const wanted = formatOf(request, formatsOf(options));
        void reply.type(`${mediaTypes[wanted]}; charset=utf-8`);
        if (page.nextCursor !== null) void reply.header('link', linkTo(request.url, page.nextCursor));
        return renderers[wanted](page, options);
      }),
    );
  }
}

const renderers: Record<Format, (page: Page<object>, options: ListOptions<object>) => string> = {
  json: ({ items, ...rest }, { json }) => `{"items":[${items.map(json).join(',')}],${JSON.stringify(rest).slice(1)}`,
  ndjson: ({ items }, { json }) => items.map((item) => `${json(item)}\n`).join(''),
  text: (page, { text }) => text?.(page) ?? '',
  csv: ({ items }, { fields, schema }) => {
    const rows = items.map((item) => Object.fromEntries(cellsOf(fields(item))));
    return stringify(rows, { header: true, columns: Object.keys(rows[0] ?? schema.shape), cast: { boolean: String } });
  },
};

/** Nested objects become columns with dotted names, arrays become JSON in one cell. */
function cellsOf(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, cell]: [string, unknown]) => {
    if (Array.isArray(cell)) return [[prefix + name, JSON.stringify(cell)]];
    if (typeof cell === 'object' && cell !== null) return cellsOf(cell, `${prefix}${name}.`);
    return [[prefix + name, cell]];
  });
}

function formatsOf({ text }: { text: unknown }): Format[] {
  const formats = Object.keys(mediaTypes) as Format[];
  return text === undefined ? formats.filter((name) => name !== 'text') : formats;
}

function formatOf({ query, headers }: FastifyRequest, formats: readonly Format[]): Format {
  const { format: named } = query as { format?: Format };
  if (named !== undefined) return named;
  const accepted = (headers.accept ?? '').split(',').map((entry) => entry.split(';')[0]?.trim());
  return formats.find((candidate) => accepted.includes(mediaTypes[candidate])) ?? 'json';
}

/** The next page, also for formats whose body has no room for a cursor. */
function linkTo(url: string, cursor: string): string {
  const [path, query] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}

import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { answerUnmodified } from './http/etag.js';
import { RouteTable } from './http/route-table.js';
import { describeRoutes } from './openapi/document.js';

/** What the gateway adds to its HTTP server before it listens. */
export function configureGateway(app: NestFastifyApplication): void {
  const http = app.getHttpAdapter().getInstance();
  const routes = app.get(RouteTable);
  http.addHook('onRoute', (route) => routes.add(route));
  http.addHook('onSend', answerUnmodified);
  SwaggerModule.setup('docs', app, () => describeRoutes(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Windfall',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}

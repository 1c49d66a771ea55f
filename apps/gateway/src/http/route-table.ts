import { type RouteOptions } from 'fastify';

/** Which methods each path takes: Fastify itself answers a wrong method as if the path did not exist. */
export class RouteTable {
  private readonly routes: { path: RegExp; methods: string[] }[] = [];

  /** For Fastify's `onRoute` hook. */
  add({ url, method }: Pick<RouteOptions, 'url' | 'method'>): void {
    const literal = url.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
    const path = new RegExp(`^${literal.replaceAll(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}/?$`);
    this.routes.push({ path, methods: [method].flat() });
  }

  /** In alphabetical order; none when there is no such path. */
  methodsOf(path: string): string[] {
    const found = this.routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods);
    return [...new Set(found)].sort();
  }
}

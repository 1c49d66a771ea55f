import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from '@jest/globals';
import { GatewayModule } from '../gateway.module.js';
import { REQUIRED_SCOPE } from './requires-scope.js';

describe('a route', () => {
  it('that does more than read states the scope it needs', () => {
    const controllers = Reflect.getMetadata('controllers', GatewayModule) as { name: string; prototype: object }[];
    const writing = controllers.flatMap(({ name, prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
        ([method, { value }]: [string, PropertyDescriptor]) => {
          const verb = Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod | undefined;
          if (verb === undefined || verb === RequestMethod.GET) return [];
          return [[`${name}.${method}`, Reflect.getMetadata(REQUIRED_SCOPE, value as object)]];
        },
      ),
    );
    expect(writing.length).toBeGreaterThan(0);
    expect(writing.filter(([, scope]) => scope === undefined)).toEqual([]);
  });
});

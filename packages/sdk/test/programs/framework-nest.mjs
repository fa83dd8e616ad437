// NestJS on Express or Fastify: a middleware, a controller, an error and a path that nobody answers. Decorators are called by hand, for want of a compiler.
import 'reflect-metadata';
import { setTenant } from '@bellwether/meters';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { asked } from './framework-asked.mjs';

class ShopController {
  user(id) {
    return { id };
  }

  throws() {
    throw new Error('on purpose');
  }
}

class AppModule {}

function route(name, path) {
  const descriptor = Object.getOwnPropertyDescriptor(ShopController.prototype, name);
  Get(path)(ShopController.prototype, name, descriptor);
}

Reflect.defineMetadata('design:paramtypes', [String], ShopController.prototype, 'user');
Param('id')(ShopController.prototype, 'user', 0);
route('user', 'users/:id');
route('throws', 'throws');
Controller('shop')(ShopController);
Module({ controllers: [ShopController] })(AppModule);

const adapters = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
};
const app = await NestFactory.create(AppModule, await adapters[process.env.FRAMEWORK](), {
  logger: false,
});
app.use((_request, _response, next) => {
  setTenant('acme');
  next();
});
await app.listen(0, '127.0.0.1');
await asked(`${await app.getUrl()}/shop`);
await app.close();

export { bellwetherConventions } from './conventions/bellwether.ts';
export { dbConventions } from './conventions/db.ts';
export { httpConventions, httpVersions, knownMethods } from './conventions/http.ts';
export { prismaConventions } from './conventions/prisma.ts';
export { runtimeConventions } from './conventions/runtime.ts';
export { sdkConventions } from './conventions/sdk.ts';

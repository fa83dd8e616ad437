import { defineMeters } from '@bellwether/meters';
import { prismaConventions } from '@bellwether/meters/conventions';

export const prismaMeters = defineMeters('@bellwether/sdk/prisma', prismaConventions);

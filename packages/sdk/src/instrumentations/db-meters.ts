import { defineMeters } from '@bellwether/meters';
import { dbConventions } from '@bellwether/meters/conventions';

export const dbMeters = defineMeters('@bellwether/sdk/db', dbConventions);

import { Router } from 'express';
import { z } from 'zod';
import { readBody } from '../http/read-request.ts';
import { confirmationMeters } from './confirmation-meters.ts';
import type { NotificationServices } from './notification-services.ts';
import { requireToken } from './require-token.ts';

const Confirmation = z.strictObject({
  orderId: z.uuid(),
  customerId: z.uuid(),
  currency: z.string().length(3),
  totalMinor: z.number().int().min(0),
});

/** Orders that are remembered as told; a sender that repeats itself does so within seconds. */
const mostRemembered = 10_000;

/**
 * POST /confirmations, for our own services with the token of the webhook: tells a customer that an order is paid, once however often it is
 * asked for. The log stands in for the mail.
 */
export function confirmationRoutes({ log, token }: NotificationServices): Router {
  const told = new Set<string>();
  const router = Router();
  router.post(
    '/confirmations',
    requireToken(token, 'token of the webhook'),
    async (request, response) => {
      const { orderId, customerId } = await readBody(request, response, Confirmation);
      const repeated = told.has(orderId);
      confirmationMeters.confirmations.add(1, { outcome: repeated ? 'repeated' : 'sent' });
      if (!repeated) {
        told.add(orderId);
        for (const oldest of told) {
          if (told.size <= mostRemembered) break;
          told.delete(oldest);
        }
        log.info({ orderId, customerId }, 'told a customer that an order is paid');
      }
      response.status(repeated ? 200 : 201).json({ repeated });
    },
  );
  return router;
}

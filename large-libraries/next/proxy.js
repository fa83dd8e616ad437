import { setTenant } from '@bellwether/meters';
import { NextResponse } from 'next/server';

export const config = { matcher: '/shop/by-proxy' };

export function proxy() {
  setTenant('globex');
  return NextResponse.next();
}

#!/bin/sh
# Stands in for Mailpit's program: `readyz` is its health check.
if [ "${1:-}" = readyz ]; then
	exec wget -q -O /dev/null http://127.0.0.1:8025/readyz
fi
exec /usr/local/bin/node /mailpit.mjs

#!/bin/sh
# Run once by the image of PostgreSQL, when it makes its data. The role may look at everything that PostgreSQL counts, and at no table.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
	--set password="$(cat "$MONITOR_PASSWORD_FILE")" <<'SQL'
create role bellwether_monitor login connection limit 5 password :'password';
alter role bellwether_monitor set statement_timeout = '5s';
grant pg_monitor to bellwether_monitor;
SQL

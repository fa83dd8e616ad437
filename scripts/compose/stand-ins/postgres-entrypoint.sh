#!/bin/sh
# Stands in for the entry point of the official image, as far as compose.yaml uses it: makes the data once, runs the scripts of
# /docker-entrypoint-initdb.d on a server that only a socket reaches, then becomes the server.
set -eu
export PGDATA="${PGDATA:-/var/lib/postgresql/18/docker}"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	mkdir -p "$PGDATA"
	chmod 700 "$PGDATA"
	# shellcheck disable=SC2086
	initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
	echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
	PGPASSWORD="$(cat "$POSTGRES_PASSWORD_FILE")"
	export PGPASSWORD PGHOST=/var/run/postgresql
	pg_ctl -D "$PGDATA" -w start -o "-c listen_addresses='' -c unix_socket_directories=/var/run/postgresql"
	[ "$POSTGRES_DB" = postgres ] || psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -c "create database \"$POSTGRES_DB\""
	for script in /docker-entrypoint-initdb.d/*.sh; do
		. "$script"
	done
	pg_ctl -D "$PGDATA" -m fast -w stop
	unset PGPASSWORD PGHOST
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql

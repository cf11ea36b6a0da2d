#!/bin/sh
# The database and its two logins. The image runs it once, on an empty data folder; elsewhere run it by hand, as the server's
# administrator, with both passwords in the environment. Safe to run again.
# parceo_owner migrates; parceo serves, and gets its rights from « parceo migrate --grant parceo ».
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc -q --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    -v owner_password="$PARCEO_OWNER_PASSWORD" -v serving_password="$PARCEO_DB_PASSWORD" <<'SQL'
SELECT 'CREATE ROLE parceo_owner LOGIN' WHERE to_regrole('parceo_owner') IS NULL \gexec
SELECT 'CREATE ROLE parceo LOGIN' WHERE to_regrole('parceo') IS NULL \gexec
ALTER ROLE parceo_owner PASSWORD :'owner_password';
ALTER ROLE parceo PASSWORD :'serving_password';
SELECT 'CREATE DATABASE parceo OWNER parceo_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'parceo') \gexec
REVOKE ALL ON DATABASE parceo FROM PUBLIC;
GRANT CONNECT ON DATABASE parceo TO parceo;
SQL

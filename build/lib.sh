# Shared by the scripts in build/: tools, the host's build, and the services that tests need.
# Source it after `set -euo pipefail`. Messages go to stderr: stdout belongs to the script's own output.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SOLUTION=$ROOT/Parceo.sln
HOST_PROJECT=$ROOT/src/Parceo.Host
HOST_DLL=$ROOT/src/Parceo.Demo/bin/Release/net10.0/Parceo.Demo.dll # the host, with the demonstration that releases lack
ARTIFACTS=$ROOT/artifacts

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
die() { printf 'Error: %s\n' "$*" >&2; exit 1; }

# usage SCRIPT: prints the comment block at the top of a script, which is its help.
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$1"; }

# ---- Tools ---------------------------------------------------------------------------------------

need_dotnet() {
    command -v dotnet >/dev/null || die "the .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0"
    # In the repository, so that global.json decides.
    (cd "$ROOT" && dotnet --version >/dev/null 2>&1) ||
        die "no .NET SDK here satisfies global.json (10.0.100 or a later 10.0). Found: $(cd / && dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')"
}

need_node() {
    command -v node >/dev/null && command -v npm >/dev/null ||
        die "Node 20 with npm is missing (it bundles the user interface). Install it from https://nodejs.org"
    local major; major=$(node -p 'process.versions.node.split(".")[0]')
    ((major >= 20)) || die "Node $major is too old: Node 20 or later is needed."
}

# install_packages WHAT PACKAGE...: installs Debian packages when this user may, otherwise says what to do.
install_packages() {
    local what=$1; shift
    if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
        say "Installing $what ($*)…"
        local log; log=$(mktemp)
        if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
            tail -n 20 "$log" >&2; rm -f "$log"
            die "$what could not be installed (apt-get install $*)."
        fi
        rm -f "$log"
    else
        die "$what is missing. Install it, for example on Debian or Ubuntu: sudo apt-get install $*"
    fi
}

# ---- The host ------------------------------------------------------------------------------------

# Names and times of all files the host is built from, as one number: changed, added and deleted files show.
host_sources() {
    find "$ROOT/src" "$ROOT/modules" "$ROOT"/Directory.* "$ROOT"/build/*.props "$ROOT/global.json" "$ROOT/.editorconfig" \
        \( -name bin -o -name obj -o -name node_modules -o -path "$ROOT/src/Parceo.Ui/wwwroot" \) -prune \
        -o -type f -printf '%p %T@\n' 2>/dev/null | LC_ALL=C sort | cksum
}

host_is_stale() { [[ ! -f $HOST_DLL || "$(cat "$ARTIFACTS/host.stamp" 2>/dev/null)" != "$(host_sources)" ]]; }

# build_stamped COMMAND...: runs a build, one at a time (two would fight over obj/), and remembers what it was made from.
build_stamped() {
    local sources rc=0
    mkdir -p "$ARTIFACTS"
    exec 9>"$ARTIFACTS/build.lock"
    flock 9
    sources=$(host_sources) # before the build: a file edited while it runs makes the next one
    "$@" 9>&- || rc=$?      # the compiler server outlives the build: it must not inherit the lock
    if [[ $rc -eq 0 ]]; then echo "$sources" >"$ARTIFACTS/host.stamp"; fi
    exec 9>&-
    return $rc
}

# Builds the host and its assets (Release) unless nothing changed since the last time.
build_host() {
    need_dotnet
    host_is_stale || return 0
    need_node
    say "Building Parceo (the first time takes a few minutes)…"
    build_stamped dotnet build "$ROOT/src/Parceo.Demo/Parceo.Demo.csproj" -c Release -v quiet -clp:ErrorsOnly >&2 || die "the build failed: see above."
}

# ---- Services for tests and benchmarks -----------------------------------------------------------
# Each lives in a private temporary folder on a free loopback port and is stopped when the script ends,
# whatever the reason.

SERVICES=        # the temporary folder, once a service has been started
PG_BIN=

# A loopback port nobody listens on, below the range the kernel hands out to clients.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# as_user USER COMMAND...: database servers refuse to run as root, so root steps down.
as_user() {
    local user=$1; shift
    if [[ $EUID -ne 0 ]]; then (cd "$SERVICES" && "$@"); return; fi
    id -u "$user" >/dev/null 2>&1 || user=nobody
    (cd "$SERVICES" && runuser -u "$user" -- "$@")
}

# private_folder USER NAME: a folder for that user's service; prints its path.
private_folder() {
    local folder=$SERVICES/$2
    mkdir -m 700 "$folder"
    if [[ $EUID -eq 0 ]]; then chown "$(id -u "$1" 2>/dev/null || id -u nobody)" "$folder"; fi
    echo "$folder"
}

services_folder() {
    [[ -n $SERVICES ]] && return
    SERVICES=$(mktemp -d "${TMPDIR:-/tmp}/parceo.XXXXXX")
    chmod 755 "$SERVICES"
}

stop_services() {
    [[ -n $SERVICES ]] || return 0
    if [[ -f $SERVICES/pg/postmaster.pid ]]; then as_user postgres "$PG_BIN/pg_ctl" -D "$SERVICES/pg" -m immediate stop >/dev/null 2>&1 || true; fi
    rm -rf "$SERVICES"
    SERVICES=
}

# Finds PostgreSQL's server programs (15 or later: ICU locales at initdb) and sets PG_BIN; installs them when it may.
ensure_postgres() {
    find_postgres || { install_packages PostgreSQL postgresql; find_postgres; } ||
        die "no PostgreSQL 15 or later was found. Put its pg_config on the PATH."
}

find_postgres() {
    local folder version
    for folder in $(pg_config --bindir 2>/dev/null || true) $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin 2>/dev/null | sort -rV); do
        [[ -x $folder/initdb ]] || continue
        version=$("$folder/postgres" --version | grep -oE '[0-9]+' | head -n 1)
        if ((version >= 15)); then PG_BIN=$folder; return 0; fi
    done
    return 1
}

# start_postgres [SETTING...]: starts a server with the given settings (name=value) and sets POSTGRES to its connection string.
start_postgres() {
    local folder log port options='' setting
    ensure_postgres
    services_folder
    folder=$(private_folder postgres pg)
    log=$folder/server.log
    if ! as_user postgres "$PG_BIN/initdb" -D "$folder" -U postgres -A trust -E UTF8 \
        --locale-provider=icu --icu-locale=fr-FR --locale=C.UTF-8 -N >"$SERVICES/initdb.log" 2>&1; then
        cat "$SERVICES/initdb.log" >&2
        die "PostgreSQL could not be initialised."
    fi
    for setting in listen_addresses=127.0.0.1 unix_socket_directories= max_connections=300 shared_buffers=256MB "$@"; do options+=" -c $setting"; done
    # The port may be taken between the look and the start: look again.
    for _ in 1 2 3; do
        port=$(free_port)
        if as_user postgres "$PG_BIN/pg_ctl" -D "$folder" -l "$log" -w -t 60 -o "$options -p $port" start >/dev/null 2>&1; then
            POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
            return
        fi
    done
    tail -n 20 "$log" >&2
    die "PostgreSQL did not start."
}

# Sets REDIS_SERVER to the program: the tests start servers of their own, because they kill them.
ensure_redis() {
    command -v redis-server >/dev/null || install_packages Redis redis-server
    REDIS_SERVER=$(command -v redis-server) || die "redis-server was not found on the PATH."
}

# Postfix and Dovecot: the tests start servers of their own, in temporary folders; the installed services are not used.
ensure_mail() {
    if [[ -x /usr/lib/postfix/sbin/master ]] && command -v dovecot >/dev/null; then return; fi
    install_packages "Postfix and Dovecot" postfix dovecot-imapd dovecot-lmtpd
}

# Sets CHROMIUM to a browser that Playwright can drive; installs one when it may, and beside it, where there is one, the same
# without a shell, in which pages are looked at twice as fast.
ensure_chromium() {
    CHROMIUM=${PARCEO_CHROMIUM:-$(find_chromium)}
    if [[ -z $CHROMIUM ]]; then install_packages Chromium chromium fonts-liberation; CHROMIUM=$(find_chromium); fi
    [[ -x $CHROMIUM ]] || die "Chromium was not found. Set PARCEO_CHROMIUM to its path."
    [[ -n ${PARCEO_CHROMIUM-} || -x /usr/bin/chromium-headless-shell ]] ||
        (install_packages "Chromium's headless shell" chromium-headless-shell) || say "Without it the browser tests take longer."
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

# ---- Children ------------------------------------------------------------------------------------

CHILD=
HEARTBEAT= # a background loop of the script's own, if it has one

# run COMMAND...: a long command in its own process group, so that a signal ends it, and all it started, at once.
run() {
    local rc=0
    set -m
    "$@" </dev/null &
    CHILD=$!
    set +m
    wait "$CHILD" || rc=$?
    CHILD=
    return $rc
}

finish() {
    local rc=$?
    trap '' INT TERM
    if [[ -n $CHILD ]]; then kill -TERM -- "-$CHILD" 2>/dev/null || true; wait "$CHILD" 2>/dev/null || true; fi
    if [[ -n $HEARTBEAT ]]; then kill "$HEARTBEAT" 2>/dev/null || true; fi
    stop_services
    exit "$rc"
}

# Call once, before starting children or services.
clean_up_at_exit() {
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    trap finish EXIT
}

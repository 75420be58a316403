# shellcheck shell=bash
# A private RabbitMQ node on loopback: own folder, own cookie, own epmd, free ports, gone without a trace when stopped.

rabbitmq_scripts=${RABBITMQ_SCRIPTS:-/usr/lib/rabbitmq/bin}
service_policy=/usr/sbin/policy-rc.d
service_policy_is_ours=
broker_folder=
broker_pid=
epmd_pid=

# Debian's rabbitmq-server. Its service would listen on all interfaces, so it is kept from starting, now and at the next boot.
need_rabbitmq() {
    [[ ! -x $rabbitmq_scripts/rabbitmq-server ]] || return 0
    say "Installing Debian's rabbitmq-server (its service is kept from starting; only a private node on loopback will run)"
    forbid_services
    install_packages rabbitmq-server
    if command -v systemctl >/dev/null; then
        as_root systemctl disable --quiet rabbitmq-server.service epmd.service epmd.socket 2>/dev/null || true
    fi
    allow_services
}

# Debian asks this policy before a package starts a service. A machine whose policy already says no keeps it.
forbid_services() {
    if [[ -e $service_policy ]] && ! grep -q 'written by attache' "$service_policy"; then
        if [[ $("$service_policy" rabbitmq-server start >/dev/null 2>&1; echo $?) -eq 101 ]]; then return 0; fi
        as_root mv "$service_policy" "$service_policy.before-attache"
    fi
    service_policy_is_ours=yes
    as_root tee "$service_policy" >/dev/null <<'POLICY'
#!/bin/sh
# written by attache for the time of one installation; safe to delete
case "$1" in rabbitmq-server*|epmd*) exit 101 ;; esac
exit 0
POLICY
    as_root chmod 755 "$service_policy"
}

# Puts the machine's own policy back, if there was one. Also called when the script ends early.
allow_services() {
    [[ -n $service_policy_is_ours ]] || return 0
    as_root rm -f "$service_policy"
    if [[ -e $service_policy.before-attache ]]; then as_root mv "$service_policy.before-attache" "$service_policy"; fi
    service_policy_is_ours=
}

# Starts a node and sets AMQP_URL. A port can be taken between the look and the start, so a few are tried.
start_broker() {
    local attempt
    for attempt in 1 2 3; do
        launch_node
        if wait_for_node; then
            AMQP_URL="amqp://guest:guest@127.0.0.1:$broker_port/%2f"
            export AMQP_URL
            note "a private RabbitMQ node listens on 127.0.0.1:$broker_port (process $broker_pid, data in $broker_folder)"
            return 0
        fi
        note "the node did not start (attempt $attempt of 3); the end of its output:"
        tail -n 15 "$broker_folder/output" >&2 || true
        stop_broker
    done
    fail "no private RabbitMQ node could be started"
}

launch_node() {
    broker_folder=$(mktemp -d "${TMPDIR:-/tmp}/attache-broker.XXXXXX")
    broker_port=$(free_port)
    local dist_port epmd_port
    dist_port=$(free_port)
    epmd_port=$(free_port)
    mkdir "$broker_folder/data" "$broker_folder/log"
    : >"$broker_folder/env.conf"
    echo '[].' >"$broker_folder/enabled_plugins"
    cat >"$broker_folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$broker_port
loopback_users.guest = true
disk_free_limit.absolute = 200MB
CONF
    # A session of their own keeps Ctrl-C from the node: this script stops it, in order.
    setsid epmd -port "$epmd_port" -address 127.0.0.1 </dev/null >"$broker_folder/epmd" 2>&1 &
    epmd_pid=$!
    env -u RABBITMQ_CTL_ERL_ARGS \
        HOME="$broker_folder" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
        RABBITMQ_NODENAME="attache-$broker_port@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$broker_port" \
        RABBITMQ_DIST_PORT="$dist_port" RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
        RABBITMQ_MNESIA_BASE="$broker_folder/data" RABBITMQ_LOG_BASE="$broker_folder/log" RABBITMQ_PID_FILE="$broker_folder/pid" \
        RABBITMQ_CONFIG_FILE="$broker_folder/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE="$broker_folder/env.conf" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$broker_folder/enabled_plugins" RABBITMQ_FEATURE_FLAGS_FILE="$broker_folder/feature_flags" \
        setsid "$rabbitmq_scripts/rabbitmq-server" </dev/null >"$broker_folder/output" 2>&1 &
    broker_pid=$!
}

# RabbitMQ opens its port last of all, so an open port is a ready node.
wait_for_node() {
    local deadline=$((SECONDS + 90))
    until port_is_open "$broker_port"; do
        if ! kill -0 "$broker_pid" 2>/dev/null || ((SECONDS >= deadline)); then return 1; fi
        sleep 0.2
    done
}

# Asks the node to stop, then its epmd; what is still there after 20 seconds is killed. Each runs in a session of its own, named by its process.
stop_broker() {
    if [[ -n $broker_pid ]]; then stop_session "$broker_pid"; fi
    if [[ -n $epmd_pid ]]; then stop_session "$epmd_pid"; fi
    if [[ -n $broker_folder ]]; then rm -rf "$broker_folder"; fi
    broker_pid='' epmd_pid='' broker_folder=''
}

stop_session() {
    local deadline=$((SECONDS + 20))
    kill -TERM "$1" 2>/dev/null || true
    while kill -0 -- "-$1" 2>/dev/null; do
        if ((SECONDS >= deadline)); then kill -KILL -- "-$1" 2>/dev/null || true; fi
        sleep 0.1
    done
    wait "$1" 2>/dev/null || true
}

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port that nobody listens on, below the range the system hands out to clients and away from the one RabbitMQ's tools use.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! port_is_open "$port"; then
            echo "$port"
            return 0
        fi
    done
}

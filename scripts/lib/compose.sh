# shellcheck shell=bash
# The broker of deploy/compose.yaml, under a project name and a port of the demo's own.

compose_is_up=
compose_port=

docker_answers() { docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

# Starts the broker and sets AMQP_URL; fails when the engine cannot (no image, no network), so that another way can be tried.
start_compose_broker() {
    say "Starting RabbitMQ with Docker Compose (deploy/compose.yaml)"
    compose_port=$(free_port)
    compose_is_up=yes
    if ! compose up --detach --wait --wait-timeout 120 rabbitmq >&2; then
        note "Docker could not start it; a private node is started instead"
        stop_compose_broker
        return 1
    fi
    AMQP_URL="amqp://attache:$(tr -d '\n' <deploy/rabbitmq/password)@127.0.0.1:$compose_port/%2f"
    export AMQP_URL
    note "RabbitMQ listens on 127.0.0.1:$compose_port"
}

stop_compose_broker() {
    [[ -n $compose_is_up ]] || return 0
    compose down --volumes --timeout 10 >&2 || note "docker compose down failed; look at: docker compose --project-name attache-demo ps"
    compose_is_up=
}

compose() { ATTACHE_AMQP_PORT=$compose_port docker compose --project-name attache-demo --file deploy/compose.yaml "$@"; }

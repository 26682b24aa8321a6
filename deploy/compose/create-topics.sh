#!/bin/sh
# create-topics.sh BOOTSTRAP_SERVERS TOPIC... makes the topics that are not there yet, as `millrace topics --create` would.
set -eu
servers=$1
shift
for topic in "$@"; do
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --create --if-not-exists --topic "$topic" \
    --partitions "${PARTITIONS:-4}" --replication-factor "${REPLICATION:-1}"
done

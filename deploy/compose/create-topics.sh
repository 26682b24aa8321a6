#!/bin/sh
# create-topics.sh BOOTSTRAP_SERVERS TOPIC[=PARTITIONS]... makes the topics that are not there yet, as `millrace topics --create`
# would. A topic with partitions of its own is a log that is kept for ever.
set -eu
servers=$1
shift
for topic in "$@"; do
  case "$topic" in
    *=*) set -- --partitions "${topic#*=}" --config retention.ms=-1 --config retention.bytes=-1 ;;
    *) set -- --partitions "${PARTITIONS:-4}" ;;
  esac
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --create --if-not-exists --topic "${topic%=*}" \
    --replication-factor "${REPLICATION:-1}" "$@"
done

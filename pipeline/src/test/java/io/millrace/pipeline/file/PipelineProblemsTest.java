/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static io.millrace.pipeline.file.Pipelines.problems;
import static io.millrace.pipeline.file.Pipelines.problemsWith;
import static io.millrace.pipeline.file.Pipelines.problemsWithAlso;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineProblemsTest {

    @Test
    void everyProblemIsReportedAtOnceInLineOrder() {
        assertThat(problems(Pipelines.resource("mistakes.yaml")))
                .containsExactly(
                        "pipeline.yaml:2:11 pipeline: expected a pipeline's name, found 'Card Fraud'. Use small letters,"
                                + " digits, '-' and '_', a letter first, at most 100.",
                        "pipeline.yaml:4:3 streams.transactions.topic: missing. Add it: the Kafka topic that is read.",
                        "pipeline.yaml:5:5 streams.transactions.tpoic: unknown key in a stream. Did you mean 'topic'?",
                        "pipeline.yaml:7:15 streams.transactions.encoding: expected binary, single_object or confluent,"
                                + " found 'bniary'. Did you mean 'binary'?",
                        "pipeline.yaml:8:53 streams.transactions.event_time.max_out_of_order: expected a duration such as"
                                + " 250ms, 10s, 5m, 1h or 7d, found the number 10.",
                        "pipeline.yaml:11:5 streams.chargebacks.topic: this key is repeated: it is given in line 10."
                                + " Remove one.",
                        "pipeline.yaml:12:13 streams.chargebacks.schema: expected an Avro schema file, found a list.",
                        "pipeline.yaml:13:51 streams.chargebacks.event_time.idle_after: expected a duration from 1ms to"
                                + " 36500d, found '0s'.",
                        "pipeline.yaml:14:8 score: no stream is named 'transaction'. Did you mean 'transactions'?",
                        "pipeline.yaml:15:8 order: expected arrival or event_time, found 'event-time'. Did you mean"
                                + " 'event_time'?",
                        "pipeline.yaml:18:3 features.2nd: '2nd' cannot name a feature. Use small letters, digits and"
                                + " '_', a letter first, at most 100.",
                        "pipeline.yaml:19:14 features.channel.category: categories are not built yet. Remove this feature"
                                + " or wait for a later version of Millrace.",
                        "pipeline.yaml:20:3 features.count_7d.by: missing. Add it: the field, or the list of fields,"
                                + " whose values make the key.",
                        "pipeline.yaml:21:49 features.sum_7d.over: expected a duration such as 250ms, 10s, 5m, 1h or 7d,"
                                + " found '7 days'.",
                        "pipeline.yaml:21:63 features.sum_7d.from: no stream is named 'chargeback'. Did you mean"
                                + " 'chargebacks'?",
                        "pipeline.yaml:22:3 features.mixed: found both 'sum' and 'mean'. A feature has one kind: remove"
                                + " one.",
                        "pipeline.yaml:23:18 inputs[1]: no feature is named 'count_1d'. Did you mean 'count_7d'?",
                        "pipeline.yaml:24:47 model.batch.max_size: expected a whole number from 1 to 65536, found the"
                                + " number 0.",
                        "pipeline.yaml:25:25 runtime.parallelism: expected a whole number from 1 to 32768, found 'two'.",
                        "pipeline.yaml:26:10 kafka.ssl.key.password: a secret must not stand in the file. Write ${VAR},"
                                + " and set the variable where the job starts.",
                        "pipeline.yaml:26:37 kafka.group.id: Millrace names the consumer group after the pipeline."
                                + " Remove it.",
                        "pipeline.yaml:26:72 kafka.bootstrap_servers: the environment variable BROKERS is not set. Set"
                                + " it, or give a default: ${BROKERS:-default}.");
    }

    @Test
    void requiredKeysThatAreMissing() {
        assertThat(problems("{}"))
                .containsExactly(
                        "pipeline.yaml:1:1 millrace: missing. Add it: the version of this file's format, 1.",
                        "pipeline.yaml:1:1 pipeline: missing. Add it: the pipeline's name, from which topics, state and"
                                + " transactions are named.",
                        "pipeline.yaml:1:1 streams: missing. Add it: the input streams, by name.",
                        "pipeline.yaml:1:1 score: missing. Add it: the stream whose events are scored.",
                        "pipeline.yaml:1:1 features: missing. Add it: the features by name, in the order of the model's"
                                + " inputs.",
                        "pipeline.yaml:1:1 model: missing. Add it: which model scores, at least its name.");
    }

    @Test
    void fileOfAnotherFormatIsNotReadOn() {
        assertThat(problemsWith("millrace: 1", "millrace: 2\nnonsense: true"))
                .containsExactly("pipeline.yaml:1:11 millrace: this Millrace reads format 1, found the number 2. Write"
                        + " 'millrace: 1', or use the Millrace that the file was written for.");
    }

    @Test
    void unknownKeyFarFromAnyOther() {
        assertThat(problemsWithAlso("nonsense: true\n"))
                .containsExactly("pipeline.yaml:13:1 nonsense: unknown key in a pipeline file. Remove it.");
    }

    @Test
    void valuesOfAnotherShape() {
        assertThat(problemsWithAlso("monitor:\noutputs: []\nruntime: fast\ntopics: { partitions: { each: 2 } }\n"))
                .containsExactly(
                        "pipeline.yaml:13:9 monitor: expected a map with the keys of a monitor, found nothing.",
                        "pipeline.yaml:14:10 outputs: expected a map with the keys of the outputs, found a list.",
                        "pipeline.yaml:15:10 runtime: expected a map with the keys of the runtime, found 'fast'.",
                        "pipeline.yaml:16:23 topics.partitions: expected a whole number from 1 to 100000, found a map.");
    }

    @Test
    void emptyMapsOfNames() {
        assertThat(problemsWith("features:\n  amount: { value: amount }", "features: {}"))
                .containsExactly("pipeline.yaml:9:11 features: expected at least one feature, found none.");
        assertThat(problemsWith("features:\n  amount: { value: amount }", "features: [amount]"))
                .containsExactly("pipeline.yaml:9:11 features: expected a map from names to features, found a list.");
    }

    @Test
    void outputs() {
        assertThat(problemsWithAlso("""
                        outputs:
                          prefix: card fraud
                          delivery: exactly-once
                          features: yes
                          carry: [amount, 5, amount, a..b]
                        topics: { partitions: 0, replication: 1.5, retention: 99999999d }
                        """))
                .containsExactly(
                        "pipeline.yaml:14:11 outputs.prefix: expected the beginning of a Kafka topic, found 'card"
                                + " fraud'. Use letters, digits, '.', '_' and '-', at most 220.",
                        "pipeline.yaml:15:13 outputs.delivery: expected exactly_once or at_least_once, found"
                                + " 'exactly-once'. Did you mean 'exactly_once'?",
                        "pipeline.yaml:16:13 outputs.features: expected true or false, found 'yes'.",
                        "pipeline.yaml:17:19 outputs.carry[1]: expected a field, found the number 5. Put it in quotes.",
                        "pipeline.yaml:17:22 outputs.carry[2]: repeated: 'amount' stands in this list before. Remove"
                                + " one.",
                        "pipeline.yaml:17:30 outputs.carry[3]: expected a field, found 'a..b'. Write its name as in the"
                                + " schema, dots between nested ones.",
                        "pipeline.yaml:18:23 topics.partitions: expected a whole number from 1 to 100000, found the"
                                + " number 0.",
                        "pipeline.yaml:18:39 topics.replication: expected a whole number from 1 to 100, found the"
                                + " number 1.5.",
                        "pipeline.yaml:18:55 topics.retention: expected a duration from 1ms to 36500d, found"
                                + " '99999999d'.");
    }

    @Test
    void runtime() {
        assertThat(problemsWithAlso("""
                        runtime:
                          checkpoint_every: 1ms
                          state: rocks
                          checkpoints: state/checkpoints
                          flink:
                            state.backend.type: hashmap
                            s3.secret-key: hunter2
                            rest: { port: 8081 }
                        """))
                .containsExactly(
                        "pipeline.yaml:14:21 runtime.checkpoint_every: expected a duration from 10ms to 36500d, found"
                                + " '1ms'.",
                        "pipeline.yaml:15:10 runtime.state: expected hashmap or rocksdb, found 'rocks'.",
                        "pipeline.yaml:16:16 runtime.checkpoints: expected a URI, found 'state/checkpoints'. Write one"
                                + " such as file:state/checkpoints or s3://bucket/checkpoints.",
                        "pipeline.yaml:18:5 runtime.flink.state.backend.type: it has a key of its own. Set"
                                + " runtime.state instead.",
                        "pipeline.yaml:19:5 runtime.flink.s3.secret-key: a secret must not stand in the file. Write"
                                + " ${VAR}, and set the variable where the job starts.",
                        "pipeline.yaml:20:11 runtime.flink.rest: expected a text, a number, true or false, found a"
                                + " map.");
    }

    @Test
    void model() {
        assertThat(problemsWith("  name: card-fraud", """
                          name: ../x
                          use: [champion]
                          store: models
                          batch: { max_size: 1e3, max_wait: soon }
                          decide: 0.5
                        """))
                .containsExactly(
                        "pipeline.yaml:12:9 model.name: expected a model's name or version, found '../x'. Use letters,"
                                + " digits, '.', '_' and '-', a letter or digit first, at most 100.",
                        "pipeline.yaml:13:8 model.use: expected a model's name or version, found a list.",
                        "pipeline.yaml:14:10 model.store: expected a URI, found 'models'. Write one such as file:models, beside"
                                + " this file, or s3://bucket/models.",
                        "pipeline.yaml:15:22 model.batch.max_size: expected a whole number from 1 to 65536, found the"
                                + " number 1e3.",
                        "pipeline.yaml:15:37 model.batch.max_wait: expected a duration such as 250ms, 10s, 5m, 1h or"
                                + " 7d, found 'soon'.",
                        "pipeline.yaml:16:11 model.decide: expected a map with the keys of a decision, found the number"
                                + " 0.5.");
    }

    @Test
    void stores() {
        for (String store : List.of("file:models", "file:///srv/models", "s3://bucket/models", "hdfs:/models")) {
            assertThat(Pipelines.read(Pipelines.resource("minimal.yaml") + "  store: " + store + "\n")
                            .spec()
                            .model()
                            .store())
                    .isEqualTo(store);
        }
        for (String store : List.of("s3:bucket", "\"s3://bucket/my models\"", "S3://bucket/models", "\"file:\"")) {
            assertThat(Pipelines.problemsWithAlso("  store: " + store + "\n"))
                    .containsExactly(
                            "pipeline.yaml:13:10 model.store: expected a URI, found '" + store.replace("\"", "")
                                    + "'. Write one such as file:models, beside this file, or s3://bucket/models.");
        }
    }

    @Test
    void signatures() {
        assertThat(Pipelines.problemsWithAlso("  signature: { mode: require }\n"))
                .containsExactly("pipeline.yaml:13:22 model.signature.mode: require needs at least one key, found none."
                        + " Name the public key: keys: [file:keys/release.pem].");
        assertThat(Pipelines.problemsWithAlso("  signature: { mode: warn, keys: [] }\n"))
                .containsExactly(
                        "pipeline.yaml:13:34 model.signature.keys: expected a list of files, found an empty list.");
        assertThat(Pipelines.problemsWithAlso("  signature: { mode: strict, keys: [release.pem] }\n"))
                .containsExactly(
                        "pipeline.yaml:13:22 model.signature.mode: expected require, warn or off, found 'strict'.",
                        "pipeline.yaml:13:37 model.signature.keys[0]: expected a file such as file:keys/release.pem, found"
                                + " 'release.pem'.");
        assertThat(Pipelines.problemsWithAlso("  signature: { keys: [\"file:a.pem\"] }\n"))
                .containsExactly(
                        "pipeline.yaml:13:3 model.signature.mode: missing. Add it: `require` refuses a bundle that"
                                + " no key here signed, `warn` takes it and logs why not, `off` does not look.");
        assertThat(Pipelines.problemsWithAlso("  signature: require\n"))
                .containsExactly(
                        "pipeline.yaml:13:14 model.signature: expected a map with the keys of a signature, found"
                                + " 'require'.");
        assertThat(Pipelines.problemsWithAlso("  signature: { mode: off }\n")).isEmpty();
    }

    @Test
    void topicsThatMeet() {
        String stream = "    event_time: { field: tx_time }";
        assertThat(problemsWith(stream, stream + """

                          again: { topic: card.transactions, schema: a.avsc, event_time: { field: t } }
                          late: { topic: card-fraud.late, schema: a.avsc, event_time: { field: t } }
                          dots: { topic: .., schema: a.avsc, event_time: { field: t } }
                        """))
                .containsExactly(
                        "pipeline.yaml:8:19 streams.again.topic: stream 'transactions' reads this topic already. Use"
                                + " that stream, or read another topic.",
                        "pipeline.yaml:9:18 streams.late.topic: this pipeline writes that topic itself. Read another, or"
                                + " choose another outputs.prefix.",
                        "pipeline.yaml:10:18 streams.dots.topic: expected a Kafka topic, found '..'. Use letters, digits,"
                                + " '.', '_' and '-', at most 249.");
    }

    @Test
    void variables() {
        assertThat(problemsWith("score: transactions", """
                        score: ${SCORE}
                        order: ${ORDER:-arival}
                        inputs: ["${KAFKA_PASSWORD}"]
                        monitor: { window: "${}" }
                        topics: { partitions: "${S3_SECRET}", retention: "${KEYSTORE_PASSWORD}" }
                        runtime: { state: "${S3_SECRET}" }
                        """))
                .containsExactly(
                        "pipeline.yaml:8:8 score: the environment variable SCORE is not set. Set it, or give a default:"
                                + " ${SCORE:-default}.",
                        "pipeline.yaml:9:8 order: expected arrival or event_time, found the value of"
                                + " '${ORDER:-arival}'.",
                        "pipeline.yaml:10:10 inputs[0]: no feature is named the value of '${KAFKA_PASSWORD}'.",
                        "pipeline.yaml:11:20 monitor.window: a '${' that names no variable. Write ${NAME} or"
                                + " ${NAME:-default}, or $${ for the two characters.",
                        "pipeline.yaml:12:23 topics.partitions: expected a whole number from 1 to 100000, found the"
                                + " value of '${S3_SECRET}'.",
                        "pipeline.yaml:12:50 topics.retention: expected a duration such as 250ms, 10s, 5m, 1h or 7d,"
                                + " found the value of '${KEYSTORE_PASSWORD}'.",
                        "pipeline.yaml:13:19 runtime.state: expected hashmap or rocksdb, found the value of"
                                + " '${S3_SECRET}'.");
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaProblemsTest {

    /** What is wrong with the minimal file when its client properties are these, in line 14. */
    private static List<String> problems(String property) {
        return Pipelines.problemsWithAlso("kafka:\n  " + property + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.truststore.password: hunter2",
                "ssl_keystore_key: hunter2",
                "ssl.key.password: \"${KAFKA_PASSWORD:-hunter2}\"",
                "sasl.oauthbearer.client.credentials.client.secret: 'x${KAFKA_PASSWORD}'",
                "basic.auth.user.info: user:hunter2"
            })
    void secretsStandInTheEnvironmentOnly(String property) {
        String path = property.substring(0, property.indexOf(':'));

        assertThat(problems(property))
                .containsExactly("pipeline.yaml:14:3 kafka." + path + ": a secret must not stand in the file. Write"
                        + " ${VAR}, and set the variable where the job starts.");
    }

    @Test
    void secretsInsideTheLoginConfiguration() {
        assertThat(problems("sasl.jaas.config: 'x.PlainLoginModule required username=\"a\" password=\"hunter2\";'"))
                .containsExactly(
                        "pipeline.yaml:14:3 kafka.sasl.jaas.config: the secret of its 'password' must not stand"
                                + " in the file. Write password=\"${VAR}\", and set the variable where the job starts.");
        assertThat(problems("sasl.jaas.config: 'x.Krb5LoginModule required useKeyTab=true keyTab=\"/etc/k\";'"))
                .isEmpty();
        assertThat(problems("sasl.jaas.config: ${KAFKA_PASSWORD}")).isEmpty();
        assertThat(problems("sasl.jaas.config: 'x.ScramLoginModule required password=\"${KAFKA_PASSWORD}\""
                        + " tokenauth=\"true\";'"))
                .isEmpty();
    }

    @Test
    void loginModulesThatRunForeignCode() {
        assertThat(problems("sasl.jaas.config: 'com.sun.security.auth.module.JndiLoginModule required;'"))
                .containsExactly("pipeline.yaml:14:3 kafka.sasl.jaas.config: JndiLoginModule can be made to run foreign"
                        + " code. Use a login module of Kafka.");
        assertThat(problems("sasl.jaas.config: \"${LOGIN:-com.sun.security.auth.module.LdapLoginModule required;}\""))
                .containsExactly("pipeline.yaml:14:3 kafka.sasl.jaas.config: LdapLoginModule can be made to run foreign"
                        + " code. Use a login module of Kafka.");
    }

    @Test
    void callbackHandlers() {
        assertThat(problems("sasl.login.callback.handler.class: com.example.Handler"))
                .containsExactly(
                        "pipeline.yaml:14:3 kafka.sasl.login.callback.handler.class: not a callback handler that"
                                + " Millrace knows. Use"
                                + " org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler or"
                                + " org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler or"
                                + " software.amazon.msk.auth.iam.IAMClientCallbackHandler.");
        assertThat(problems(
                        "sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IAMClientCallbackHandler"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interceptor.classes", "ssl.engine.factory.class", "metric.reporters", "sasl_login_class"})
    void codeToLoad(String property) {
        assertThat(problems(property + ": com.example.Spy"))
                .containsExactly("pipeline.yaml:14:3 kafka." + property
                        + ": it names code to load, which a pipeline file may not do. Remove it.");
    }

    @Test
    void propertiesThatTheEngineSets() {
        assertThat(problems("enable_auto_commit: true"))
                .containsExactly("pipeline.yaml:14:3 kafka.enable_auto_commit: Millrace sets it, so that each record is"
                        + " read exactly once. Remove it.");
        assertThat(problems("acks: 1"))
                .containsExactly("pipeline.yaml:14:3 kafka.acks: Millrace sets it. Choose outputs.delivery instead.");
        assertThat(problems("value.serializer: com.example.Json"))
                .containsExactly("pipeline.yaml:14:3 kafka.value.serializer: Millrace reads and writes bytes. Choose an"
                        + " encoding of the stream or of the outputs.");
        assertThat(problems("transactional.id: mine"))
                .containsExactly("pipeline.yaml:14:3 kafka.transactional.id: Millrace names the transactions after the"
                        + " pipeline. Remove it.");
        assertThat(problems("allow.auto.create.topics: true"))
                .containsExactly("pipeline.yaml:14:3 kafka.allow.auto.create.topics: Millrace never has topics made by"
                        + " accident. Run 'millrace topics --create'.");
    }

    @Test
    void servers() {
        assertThat(problems("bootstrap_servers: localhost"))
                .containsExactly("pipeline.yaml:14:3 kafka.bootstrap_servers: expected host:port, several separated by"
                        + " commas, found 'localhost'.");
        assertThat(problems("bootstrap.servers: 'a:9092, [::1]:9093'")).isEmpty();
    }

    @Test
    void onePropertyInTwoSpellings() {
        assertThat(problems("linger_ms: 1\n  linger.ms: 2"))
                .containsExactly(
                        "pipeline.yaml:15:3 kafka.linger.ms: this key is repeated: 'linger_ms' is given in line"
                                + " 14. Remove one.");
    }

    @Test
    void propertyThatIsNone() {
        assertThat(problems("linger ms: 1"))
                .containsExactly("pipeline.yaml:14:3 kafka.linger ms: 'linger ms' cannot be the name of a Kafka client"
                        + " property.");
        assertThat(problems("compression.type: [lz4]"))
                .containsExactly("pipeline.yaml:14:21 kafka.compression.type: expected a text, a number, true or false,"
                        + " found a list.");
    }

    @Test
    void transactionsOutliveCheckpoints() {
        assertThat(problems("transaction_timeout_ms: 1000"))
                .containsExactly("pipeline.yaml:14:27 kafka.transaction_timeout_ms: expected milliseconds, more than"
                        + " runtime.checkpoint_every (1s), found the number 1000. A transaction that ends before its"
                        + " checkpoint loses results.");
        assertThat(problems("transaction_timeout_ms: 600000")).isEmpty();
        assertThat(problems("transaction_timeout_ms: 1000\noutputs: { delivery: at_least_once }"))
                .isEmpty();
    }
}

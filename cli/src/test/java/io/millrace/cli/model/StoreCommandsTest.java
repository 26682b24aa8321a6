/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.ExitCode;
import io.millrace.cli.Invocation;
import io.millrace.model.store.LocalModelStore;
import io.millrace.model.store.Promotion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCommandsTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "fraud", "models", "card-fraud", "1");
    private static final String MODEL = "card-fraud";

    @TempDir
    private Path home;

    private Path store;
    private String digest;

    @BeforeEach
    void copyTheExample() throws IOException {
        store = home.resolve("models");
        Path bundle = Files.createDirectories(store.resolve(MODEL).resolve("1"));
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, bundle.resolve(file.getFileName().toString()));
            }
        }
        LocalModelStore models = new LocalModelStore(store);
        models.alias(MODEL, "challenger", "1");
        models.promote(MODEL, "champion", "1", Promotion.at(Instant.parse("2024-05-01T12:00:00Z")));
        digest = models.resolve(MODEL, "1").digest();
    }

    @Test
    void showTellsWhatAModelHasAndHowItsAliasesCameThere() throws IOException {
        assertThat(Invocation.of("model", "show", store, MODEL))
                .isEqualTo(new Invocation(0, """
                        model        card-fraud
                        version      1            %s
                        alias        challenger   1
                                     at no known time set to 1
                        alias        champion     1
                                     2024-05-01T12:00:00Z promote to 1""".formatted(digest), ""));
        JsonNode shown = Invocation.of("model", "show", "--json", store, MODEL).json();
        assertThat(shown.toString())
                .isEqualTo("{\"name\":\"card-fraud\",\"versions\":[{\"version\":\"1\",\"digest\":\"" + digest + "\"}],"
                        + "\"aliases\":{\"challenger\":\"1\",\"champion\":\"1\"},\"history\":{\"challenger\":"
                        + "[{\"from\":null,\"to\":\"1\",\"cause\":\"set\",\"at\":null}],\"champion\":"
                        + "[{\"from\":null,\"to\":\"1\",\"cause\":\"promote\",\"at\":\"2024-05-01T12:00:00Z\"}]}}");
    }

    @Test
    void showTellsWhatABundleSaysOfItself() throws IOException {
        JsonNode shown = Invocation.of("model", "show", "--json", store, MODEL, "champion")
                .json();
        assertThat(shown.get("version").asText()).isEqualTo("1");
        assertThat(shown.get("digest").asText()).isEqualTo(digest);
        assertThat(shown.get("aliases").toString()).isEqualTo("[\"challenger\",\"champion\"]");
        assertThat(shown.get("task").asText()).isEqualTo("binary");
        assertThat(shown.get("inputs")).hasSize(15);
        assertThat(shown.get("metrics").size()).isPositive();
        assertThat(shown.get("golden_cases").asInt()).isEqualTo(64);
        assertThat(shown.get("golden_origin").asText()).isEqualTo("trainer");
        assertThat(shown.get("signature_key").isNull()).isTrue();

        String text = Invocation.of("model", "show", store, MODEL, "1").out();
        assertThat(text.lines())
                .contains(
                        "model        card-fraud 1",
                        "sha256       " + digest,
                        "aliases      challenger, champion",
                        "golden       64 cases of origin trainer",
                        "signature    none");
        assertThat(text).endsWith(shown.get("card").asText().stripTrailing());
    }

    @Test
    void aFileIsNoStore() throws IOException {
        Path file = Files.createTempFile(home, "pipeline", ".yaml");
        assertThat(Invocation.of("model", "list", file).err())
                .isEqualTo(
                        file + " is a file, a store is a directory. A pipeline file says in model.store where its is.");
    }

    @Test
    void showNamesTheModelOrVersionThatWasMeant() {
        assertThat(Invocation.of("model", "show", store, "card-fruad"))
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "the store has no model 'card-fruad'. Did you mean 'card-fraud'? 'millrace model list' shows what"
                                + " it has."));
        assertThat(Invocation.of("model", "show", store, MODEL, "champoin"))
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "model 'card-fraud' has no version or alias 'champoin' in the store " + store
                                + ". Did you mean 'champion'? Train or import it, or set the alias."));
        assertThat(Invocation.of("model", "show", store, "../etc"))
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "model '../etc' is no name for a store: up to 64 letters, digits, '.', '-' and '_', starting with a"
                                + " letter or digit, without '..'. Choose another name."));
    }

    @Test
    void keysAreMadeOnceAndOnlyTheirOwnerReadsTheSecretHalf() throws IOException {
        JsonNode made = Invocation.of("model", "keys", "--json", "--out", home.resolve("keys"))
                .json();
        Path secret = Path.of(made.get("private").asText());
        assertThat(secret).isEqualTo(home.resolve("keys/millrace.key"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(made.get("public").asText())
                .isEqualTo(home.resolve("keys/millrace.pem").toString());
        byte[] before = Files.readAllBytes(secret);
        assertThat(Invocation.of("model", "keys", "--out", home.resolve("keys")))
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "key " + secret + ": is there already. A key is never overwritten: choose another name."));
        assertThat(Files.readAllBytes(secret)).isEqualTo(before);
    }

    @Test
    void whatWasSignedIsVerifiedByThatKeyAndNoOther() throws IOException {
        String ours = key("ours");
        String theirs = key("theirs");
        Path bundle = store.resolve(MODEL).resolve("1");
        assertRefused(
                bundle,
                "ours",
                "signature: is missing, so nobody vouches for this bundle (signature policy: require). Sign it with a"
                        + " trusted key.");
        Invocation signed = Invocation.of("model", "sign", store, MODEL, "champion", "--key", pem("ours.key"));
        assertThat(signed).isEqualTo(new Invocation(0, "", "signed card-fraud 1 with the key " + ours));
        assertThat(Invocation.of("model", "show", "--json", store, MODEL, "1")
                        .json()
                        .get("signature_key")
                        .asText())
                .isEqualTo(ours);
        Invocation accepted = Invocation.of("model", "verify", bundle, "--key", pem("ours.pem"));
        assertThat(accepted.err())
                .startsWith("accepted  card-fraud 1: binary, 15 inputs")
                .endsWith("sha256 " + digest);
        assertThat(Invocation.of("model", "verify", bundle, "--key", pem("theirs.pem"), "--key", pem("ours.pem")))
                .isEqualTo(accepted);
        String otherKey = "signature: is by the key " + ours.substring(0, 16) + ", which is not trusted here (trusted: "
                + theirs.substring(0, 16) + "). Sign the bundle with a trusted key, or trust that one.";
        assertRefused(bundle, "theirs", otherKey);
        Invocation warned = Invocation.of("model", "verify", bundle, "--key", pem("theirs.pem"), "--signature", "warn");
        assertThat(warned.exitCode()).isZero();
        assertThat(warned.err()).isEqualTo(accepted.err() + "; warning: bundle " + bundle + ": " + otherKey);

        Path manifest = bundle.resolve("bundle.json");
        Files.writeString(manifest, Files.readString(manifest, StandardCharsets.UTF_8) + " ", StandardCharsets.UTF_8);
        assertRefused(
                bundle,
                "ours",
                "signature: the key " + ours.substring(0, 16) + " did not sign this bundle.json: it was altered"
                        + " afterwards, or the signature is another bundle's. Restore what was signed, or sign the bundle"
                        + " again.");
    }

    @Test
    void signaturesThatAreAskedForNeedAKey() {
        assertThat(Invocation.of("model", "verify", EXAMPLE, "--signature", "require"))
                .isEqualTo(new Invocation(
                        ExitCode.USAGE, "", "--signature require needs a key. Name a public key with --key FILE."));
        Invocation noKey = Invocation.of("model", "verify", EXAMPLE, "--key", pem("none.pem"));
        assertThat(noKey)
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "refused  key " + pem("none.pem") + ": there is no such file. Check the path."));
        Invocation publicKey = Invocation.of("model", "sign", store, MODEL, "1", "--key", store.resolve("no.key"));
        assertThat(publicKey)
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "key " + store.resolve("no.key") + ": there is no such file. Check the path."));
    }

    @Test
    void aStoreOnAFileSystemOfFlinkIsServedLikeAnyOther() throws IOException {
        String vault = "vault:" + store;
        assertThat(Invocation.of("model", "list", vault).out())
                .isEqualTo(Invocation.of("model", "list", store).out())
                .contains(digest);
        assertThat(Invocation.of("model", "show", vault, MODEL))
                .isEqualTo(Invocation.of("model", "show", store, MODEL));
        key("ours");
        Invocation.of("model", "sign", vault, MODEL, "1", "--key", pem("ours.key"));
        Invocation verified = Invocation.of("model", "verify", vault + "/card-fraud/1", "--key", pem("ours.pem"));
        assertThat(verified)
                .isEqualTo(Invocation.of("model", "verify", store.resolve("card-fraud/1"), "--key", pem("ours.pem")));
        assertThat(verified.exitCode()).isZero();
        assertThat(Invocation.of("model", "verify", vault + "/card-fraud/2"))
                .isEqualTo(new Invocation(
                        ExitCode.MODEL_REFUSED,
                        "",
                        "refused  bundle " + vault + "/card-fraud/2: there is no such directory. Check the model's name"
                                + " and version."));
        assertThat(Invocation.of("model", "verify", "vault:/card-fraud"))
                .isEqualTo(new Invocation(
                        ExitCode.USAGE,
                        "",
                        "'vault:/card-fraud' is no bundle in a store. Write it with its name and version, as"
                                + " s3://bucket/models/card-fraud/1."));
    }

    private void assertRefused(Path bundle, String key, String why) {
        assertThat(Invocation.of("model", "verify", bundle, "--key", pem(key + ".pem")))
                .isEqualTo(new Invocation(ExitCode.MODEL_REFUSED, "", "refused  bundle " + bundle + ": " + why));
    }

    private String key(String name) throws IOException {
        return Invocation.of("model", "keys", "--json", "--out", home.resolve("keys"), "--name", name)
                .json()
                .get("key")
                .asText();
    }

    private Path pem(String file) {
        return home.resolve("keys").resolve(file);
    }
}

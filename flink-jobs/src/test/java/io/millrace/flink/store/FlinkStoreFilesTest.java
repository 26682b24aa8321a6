/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flink.fixture.PaymentModel;
import io.millrace.model.ModelException;
import io.millrace.model.ModelException.Code;
import io.millrace.model.file.StoreFiles;
import io.millrace.model.signature.ModelKeys;
import io.millrace.model.signature.SignaturePolicy;
import io.millrace.model.store.FileModelStore;
import io.millrace.model.store.LocalModelStore;
import io.millrace.model.store.Promotion;
import io.millrace.pipeline.record.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlinkStoreFilesTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);
    private static final String MODEL = PaymentModel.NAME;
    private static final List<String> INPUTS = List.of("amount", "count");
    private static final Promotion FORWARDS =
            Promotion.at(Instant.parse("2018-08-01T12:00:00Z")).withUnverified();

    @TempDir
    Path root;

    /** How a file system renames and shows files. */
    enum Kind {
        /** A rename takes the place of a file, as on a disk. */
        REPLACING {
            @Override
            StoreFiles files(Path root) {
                return new FlinkStoreFiles(new LocalFileSystem(), path(root), false);
            }
        },
        /** A rename fails where a file is, as on HDFS. */
        REFUSING {
            @Override
            StoreFiles files(Path root) {
                return new FlinkStoreFiles(new RefusingFileSystem(), path(root), false);
            }
        },
        /** A file is written in place. */
        OBJECTS {
            @Override
            StoreFiles files(Path root) {
                return new FlinkStoreFiles(new LocalFileSystem(), path(root), true);
            }
        };

        abstract StoreFiles files(Path root);

        private static org.apache.flink.core.fs.Path path(Path root) {
            return new org.apache.flink.core.fs.Path(root.toUri());
        }
    }

    private static final class RefusingFileSystem extends LocalFileSystem {
        @Override
        public boolean rename(org.apache.flink.core.fs.Path from, org.apache.flink.core.fs.Path to) throws IOException {
            return !exists(to) && super.rename(from, to);
        }
    }

    @ParameterizedTest
    @EnumSource
    void createsOnceAndReplacesAlways(Kind kind) throws IOException {
        StoreFiles files = kind.files(root);
        assertThat(files.read("m/1/a", 3)).isNull();
        assertThat(files.create("m/1/a", OLD)).isTrue();
        assertThat(files.create("m/1/a", NEW)).isFalse();
        assertThat(files.read("m/1/a", 3)).isEqualTo(OLD);
        files.replace("m/1/a", NEW);
        files.replace("m/b", NEW);
        assertThat(files.read("m/1/a", 3)).isEqualTo(NEW);
        try (Stream<Path> all = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(all).containsExactlyInAnyOrder(root.resolve("m/1/a"), root.resolve("m/b"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsMovesAndDeletes(Kind kind) throws IOException {
        StoreFiles files = kind.files(root);
        files.create("m/1/a", OLD);
        files.create("m/b", OLD);
        assertThat(files.list("m").stream().map(entry -> entry.name() + ' ' + entry.directory()))
                .containsExactlyInAnyOrder("1 true", "b false");
        assertThat(files.list("m/b")).isEmpty();
        assertThat(files.list("nowhere")).isEmpty();
        files.create("m/2/a", OLD);
        assertThat(files.rename("m/1", "m/2")).isFalse();
        assertThat(files.rename("m/1", "m/3")).isTrue();
        files.delete("m/3");
        files.delete("m/3");
        assertThat(files.list("m").stream().map(StoreFiles.Entry::name)).containsExactlyInAnyOrder("2", "b");
    }

    @ParameterizedTest
    @EnumSource
    void readsNoMoreThanAsked(Kind kind) throws IOException {
        StoreFiles files = kind.files(root);
        files.replace("m/a", OLD);
        assertThatThrownBy(() -> files.read("m/a", 2))
                .hasMessage(files.place("m/a") + ": has more than the 2 bytes that are read of it. Make it smaller.");
        assertThatThrownBy(() -> files.read("m", 2)).hasMessage(files.place("m") + " is a directory");
    }

    @ParameterizedTest
    @EnumSource
    void theWholeLifeOfAModel(Kind kind) throws IOException {
        KeyPair keys = ModelKeys.generate();
        FileModelStore store = new FileModelStore(kind.files(root), SignaturePolicy.require(List.of(keys.getPublic())));
        ModelVersion first = store.publish(PaymentModel.draft("1", INPUTS));
        ModelVersion second = store.publish(PaymentModel.draft("2", INPUTS));
        assertRefused(
                () -> store.promote(MODEL, "champion", "1", FORWARDS),
                Code.SIGNATURE_MISSING,
                "bundle " + kind.files(root).place(MODEL + "/1")
                        + ": signature: is missing, so nobody vouches for this bundle (signature policy: require). Sign"
                        + " it with a trusted key.");
        store.sign(MODEL, "1", keys.getPrivate());
        store.sign(MODEL, "2", keys.getPrivate());
        store.promote(MODEL, "champion", "1", FORWARDS);
        store.promote(MODEL, "champion", "2", FORWARDS);
        assertThat(store.open(store.resolve(MODEL, "champion")).version()).isEqualTo(second);
        store.rollback(MODEL, "champion", FORWARDS.at());
        assertThat(store.open(store.resolve(MODEL, "champion")).version()).isEqualTo(first);
        assertThat(store.list(MODEL)).containsExactly(first, second);
        assertThat(store.names()).containsExactly(MODEL);
        LocalModelStore here = new LocalModelStore(root);
        assertThat(here.open(here.resolve(MODEL, "champion")).version()).isEqualTo(first);
        assertThat(here.history(MODEL, "champion")).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aVersionWithoutItsLastFileIsNotThereYet(Kind kind) throws IOException {
        FileModelStore store = new FileModelStore(kind.files(root), SignaturePolicy.OFF);
        store.publish(PaymentModel.draft("1", INPUTS));
        Files.delete(root.resolve(MODEL).resolve("1").resolve("bundle.json"));
        assertThat(store.list(MODEL)).isEmpty();
        String message = "bundle " + kind.files(root).place(MODEL + "/1")
                + ": bundle.json: is missing, so its writer is still at work or was cut short. Wait for it, or remove"
                + " that directory and publish again.";
        assertRefused(() -> store.resolve(MODEL, "1"), Code.NOT_FOUND, message);
        assertRefused(() -> store.publish(PaymentModel.draft("1", INPUTS)), Code.NOT_FOUND, message);
    }

    @Test
    void aRenameThatDiesInTheGapLeavesTheOldAliases() throws IOException {
        LocalModelStore here = new LocalModelStore(root);
        here.publish(PaymentModel.draft("1", INPUTS));
        here.publish(PaymentModel.draft("2", INPUTS));
        here.alias(MODEL, "champion", "1");
        FileSystem dying = new LocalFileSystem() {
            @Override
            public boolean rename(org.apache.flink.core.fs.Path from, org.apache.flink.core.fs.Path to)
                    throws IOException {
                if (exists(to)) {
                    return false;
                }
                throw new IOException("power cut");
            }
        };
        FileModelStore store =
                new FileModelStore(new FlinkStoreFiles(dying, Kind.path(root), false), SignaturePolicy.OFF);
        assertRefused(
                () -> store.alias(MODEL, "champion", "2"),
                Code.IO,
                "model 'payment-risk' cannot be written. Check the store's rights and that the disk has room.");
        assertThat(root.resolve(MODEL).resolve("aliases.json")).doesNotExist();
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("1");
        here.alias(MODEL, "champion", "2");
        assertThat(store.resolve(MODEL, "champion").version()).isEqualTo("2");
    }

    @Test
    void opensAStoreByItsUri() {
        LocalModelStore here = new LocalModelStore(root);
        ModelVersion version = here.publish(PaymentModel.draft("1", INPUTS));
        FileModelStore store = ModelStores.open(root.toUri().toString(), SignaturePolicy.OFF);
        assertThat(store).isInstanceOf(LocalModelStore.class);
        assertThat(store.open(version).version()).isEqualTo(version);
    }

    @Test
    void opensAStoreOnAFileSystemOfFlink() throws IOException {
        ModelVersion version = new LocalModelStore(root).publish(PaymentModel.draft("1", INPUTS));
        FileModelStore store = new FileModelStore(FlinkStoreFiles.at(root.toUri()), SignaturePolicy.OFF);
        assertThat(store.open(version).version()).isEqualTo(version);
    }

    @Test
    void refusesAStoreThatCannotBeReached() {
        assertRefused(
                () -> ModelStores.open("nosuch://bucket/models", SignaturePolicy.OFF),
                Code.IO,
                "model store nosuch://bucket/models: Flink has no file system for 'nosuch:' that can be reached. Put its"
                        + " plugin into Flink's plugins directory, and its settings into Flink's configuration.");
        for (String store : List.of("models", "file:models", "s3://bucket", "s3://a b/c")) {
            assertRefused(
                    () -> ModelStores.open(store, SignaturePolicy.OFF),
                    Code.NAME,
                    "model store '" + store + "' is no absolute URI. Write it with its scheme and whole path, as"
                            + " file:/srv/models or s3://bucket/models.");
        }
    }

    private static void assertRefused(ThrowingCallable call, Code code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}

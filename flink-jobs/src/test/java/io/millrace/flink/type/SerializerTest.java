/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.millrace.feature.HopProgram;
import io.millrace.feature.KeyState;
import io.millrace.flink.feature.KeyStateSerializer;
import io.millrace.flink.fixture.PaymentPipeline;
import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.fixture.RecordEquality;
import io.millrace.flink.label.LabelSamples;
import io.millrace.flink.label.LabelStateSerializer;
import io.millrace.flink.monitor.AlertStateSerializer;
import io.millrace.flink.monitor.LateCountsSerializer;
import io.millrace.flink.monitor.PaneSerializer;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.monitor.window.MonitorPane;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every serializer of ours: nothing is lost on the wire, a savepoint finds it again, a copy is as deep as it must be. */
class SerializerTest {

    /** A serializer and records for it. */
    record Case<T>(TypeSerializer<T> serializer, List<T> records) {
        @Override
        public String toString() {
            return serializer.getClass().getSimpleName();
        }
    }

    static Stream<Case<?>> cases() {
        return Stream.of(
                new Case<>(EventSerializer.INSTANCE, RecordSamples.events()),
                new Case<>(DecodedSerializer.INSTANCE, RecordSamples.decoded()),
                new Case<>(KeyedVectorSerializer.INSTANCE, RecordSamples.vectors()),
                new Case<>(ScoredSerializer.INSTANCE, RecordSamples.scored()),
                new Case<>(RefusalSerializer.INSTANCE, RecordSamples.refusals()),
                new Case<>(OutputRecordSerializer.INSTANCE, RecordSamples.outputs()),
                new Case<>(KeyStateSerializer.INSTANCE, RecordSamples.keyStates()),
                new Case<>(PaneSerializer.INSTANCE, RecordSamples.panes()),
                new Case<>(LateCountsSerializer.INSTANCE, RecordSamples.lateCounts()),
                new Case<>(PendingOutcomeSerializer.INSTANCE, RecordSamples.pending()),
                new Case<>(OutcomeSerializer.INSTANCE, RecordSamples.outcomes()),
                new Case<>(AlertStateSerializer.INSTANCE, RecordSamples.alertStates()),
                new Case<>(LabelStateSerializer.INSTANCE, LabelSamples.states()));
    }

    @Test
    void noSerializerOfTheRoomIsLeftOut() throws Exception {
        Set<String> tested = cases().map(Case::toString).collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested).isEqualTo(classesNamed("Serializer.class"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void whatIsReadIsWhatWasWritten(Case<T> given) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (T record : given.records()) {
            given.serializer().serialize(record, out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (T record : given.records()) {
            T read = given.serializer().deserialize(record, in);
            assertThat(bytes(given.serializer(), read)).isEqualTo(bytes(given.serializer(), record));
            if (given.serializer().isImmutableType()) {
                assertThat(read).usingRecursiveComparison(RecordEquality.EXACT).isEqualTo(record);
            }
        }
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void bytesAreCopiedWithoutTheirNeighbours(Case<T> given) throws IOException {
        for (T record : given.records()) {
            DataOutputSerializer two = new DataOutputSerializer(64);
            given.serializer().serialize(record, two);
            two.writeLong(42);
            DataInputDeserializer in = new DataInputDeserializer(two.getCopyOfBuffer());
            DataOutputSerializer copy = new DataOutputSerializer(64);
            given.serializer().copy(in, copy);
            assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes(given.serializer(), record));
            assertThat(in.readLong()).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void bytesThatEndEarlyAreAnError(Case<T> given) throws IOException {
        T last = given.records().get(given.records().size() - 1);
        byte[] whole = bytes(given.serializer(), last);
        for (int length = 0; length < whole.length; length++) {
            DataInputDeserializer in = new DataInputDeserializer(whole, 0, length);
            assertThatIOException()
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> given.serializer().deserialize(in));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void aCopyIsTheRecordItselfOrSharesNothing(Case<T> given) throws IOException {
        TypeSerializer<T> serializer = given.serializer();
        for (T record : given.records()) {
            for (T copy : List.of(serializer.copy(record), serializer.copy(record, record))) {
                if (serializer.isImmutableType()) {
                    assertThat(copy).isSameAs(record);
                } else {
                    assertThat(copy).isNotSameAs(record);
                    assertThat(bytes(serializer, copy)).isEqualTo(bytes(serializer, record));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void aSavepointFindsTheSerializerAgain(Case<T> given) throws IOException {
        TypeSerializer<T> serializer = given.serializer();
        TypeSerializerSnapshot<T> current = serializer.snapshotConfiguration();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, current);
        TypeSerializerSnapshot<T> stored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(stored.restoreSerializer()).isEqualTo(serializer).hasSameClassAs(serializer);
        assertThat(current.resolveSchemaCompatibility(stored).isCompatibleAsIs())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void theSerializerTravelsAndMakesAnInstance(Case<T> given) throws Exception {
        TypeSerializer<T> serializer = given.serializer();
        TypeSerializer<T> travelled = InstantiationUtil.clone(serializer);
        T instance = travelled.createInstance();
        byte[] written = bytes(serializer, instance);

        assertThat(travelled).isEqualTo(serializer).hasSameHashCodeAs(serializer);
        assertThat(bytes(travelled, travelled.deserialize(new DataInputDeserializer(written))))
                .isEqualTo(written);
    }

    @Test
    void aCopiedStateDoesNotSeeWhatTheOriginalSees() throws IOException {
        InferencePlan plan = PaymentPipeline.plan(PaymentPipeline.EVENT_TIME);
        HopProgram hop = plan.compileFeatures().hops().get(PaymentPipeline.BY_SHOP);
        KeyState original = RecordSamples.keyStates().get(1);
        KeyState copy = KeyStateSerializer.INSTANCE.copy(original);
        byte[] before = bytes(KeyStateSerializer.INSTANCE, copy);
        hop.fold(
                PaymentRecords.event(
                        plan, PaymentPipeline.PAYMENTS, PaymentRecords.payment(0, 9, 2.5, "c", "shop", 1.0)),
                original);

        assertThat(original.entries()).isEqualTo(copy.entries() + 1);
        assertThat(bytes(KeyStateSerializer.INSTANCE, copy)).isEqualTo(before);
    }

    @Test
    void aCopiedPaneDoesNotCountWhatTheOriginalCounts() throws IOException {
        MonitorPane original = RecordSamples.panes().get(1);
        MonitorPane copy = PaneSerializer.INSTANCE.copy(original);
        byte[] before = bytes(PaneSerializer.INSTANCE, copy);
        original.merge(RecordSamples.panes().get(1));

        assertThat(bytes(PaneSerializer.INSTANCE, copy)).isEqualTo(before);
        assertThat(bytes(PaneSerializer.INSTANCE, original)).isNotEqualTo(before);
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);
        return out.getCopyOfBuffer();
    }

    /** Simple names of the room's classes whose file ends so; the one that is abstract is no serializer by itself. */
    private static Set<String> classesNamed(String ending) throws IOException, URISyntaxException {
        Path classes = Path.of(RecordSerializer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending) && !name.equals("RecordSerializer.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !name.equals("RecordDeserializer"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

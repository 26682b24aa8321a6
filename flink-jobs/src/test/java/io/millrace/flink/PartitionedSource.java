/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.fixture.PaymentRecords;
import io.millrace.flink.plan.InferencePlan;
import io.millrace.pipeline.record.RawRecord;
import io.millrace.schema.Decoded;
import io.millrace.schema.EventDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The partitions of a feed, each with a watermark of its own as Kafka's have, read to their end in a random interleaving.
 * It can fail once, in the middle, behind a completed checkpoint.
 */
final class PartitionedSource
        implements Source<Decoded, PartitionedSource.Partition, List<PartitionedSource.Partition>> {

    private static final long serialVersionUID = 1L;

    private final InferencePlan plan;
    private final int stream;
    private final PaymentFeed feed;
    private final long interleaving;
    private final Failure failure;

    PartitionedSource(InferencePlan plan, int stream, PaymentFeed feed, long interleaving, Failure failure) {
        this.plan = plan;
        this.stream = stream;
        this.feed = feed;
        this.interleaving = interleaving;
        this.failure = failure;
    }

    /** One partition and the offset to read next. */
    record Partition(int number, int offset) implements SourceSplit {
        @Override
        public String splitId() {
            return Integer.toString(number);
        }
    }

    /** Whether the job is to fail; shared by all readers of the JVM, since a failed job starts new ones. */
    enum Failure {
        NEVER,
        ONCE;

        static final AtomicBoolean DUE = new AtomicBoolean();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Decoded, Partition> createReader(SourceReaderContext context) {
        return new Reader(context.getIndexOfSubtask());
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> createEnumerator(SplitEnumeratorContext<Partition> context) {
        List<Partition> all = IntStream.range(0, PaymentFeed.PARTITIONS)
                .mapToObj(number -> new Partition(number, 0))
                .toList();
        return new PartitionEnumerator(context, all);
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> restoreEnumerator(
            SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
        return new PartitionEnumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Partition> getSplitSerializer() {
        return new PartitionSerializer<>(List::of, partitions -> partitions.get(0));
    }

    @Override
    public SimpleVersionedSerializer<List<Partition>> getEnumeratorCheckpointSerializer() {
        return new PartitionSerializer<>(partitions -> partitions, partitions -> partitions);
    }

    /** Reads the partitions that it was given, one record at a time from any of them. */
    private final class Reader implements SourceReader<Decoded, Partition> {
        private final Random random;
        private final EventDecoder decoder = plan.decoder(stream);
        private final List<Partition> open = new ArrayList<>();
        private final boolean fails;
        private final CompletableFuture<Void> available = new CompletableFuture<>();
        private boolean complete;
        private boolean waiting;
        private boolean checkpointComplete;
        private final Map<Integer, List<RawRecord>> read = new HashMap<>();
        private int count;

        Reader(int subtask) {
            this.random = new Random(interleaving * 100 + subtask);
            this.fails = failure == Failure.ONCE;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<Decoded> output) {
            if (open.isEmpty()) {
                return complete ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            if (fails && count == PaymentFeed.RECORDS / 2 && Failure.DUE.get()) {
                failBehindACheckpoint();
                return InputStatus.MORE_AVAILABLE;
            }
            int chosen = random.nextInt(open.size());
            Partition partition = open.get(chosen);
            List<RawRecord> records =
                    read.computeIfAbsent(partition.number(), number -> feed.partition(stream, number));
            RawRecord record = records.get(partition.offset());
            output.createOutputForSplit(partition.splitId())
                    .collect(decoder.decode(record, PaymentRecords.READ_AT), record.timestampMillis());
            count++;
            if (partition.offset() + 1 < records.size()) {
                open.set(chosen, new Partition(partition.number(), partition.offset() + 1));
            } else {
                open.remove(chosen);
                output.releaseOutputForSplit(partition.splitId());
            }
            return InputStatus.MORE_AVAILABLE;
        }

        /** Reads no further until a checkpoint is complete, then fails; every reader waits, since none may end before. */
        private void failBehindACheckpoint() {
            if (checkpointComplete) {
                Failure.DUE.set(false);
                throw new IllegalStateException("a failure on purpose");
            }
            waiting = true;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointComplete = waiting;
        }

        @Override
        public List<Partition> snapshotState(long checkpoint) {
            return List.copyOf(open);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<Partition> partitions) {
            open.addAll(partitions);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            complete = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }

    /** Gives each subtask its partitions when it registers: all at once, so that none is new to a watermark. */
    private static final class PartitionEnumerator implements SplitEnumerator<Partition, List<Partition>> {
        private final SplitEnumeratorContext<Partition> context;
        private final List<Partition> unassigned;

        PartitionEnumerator(SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
            this.context = context;
            this.unassigned = new ArrayList<>(unassigned);
        }

        @Override
        public void addReader(int subtask) {
            List<Partition> own = unassigned.stream()
                    .filter(partition -> partition.number() % context.currentParallelism() == subtask)
                    .toList();
            unassigned.removeAll(own);
            if (!own.isEmpty()) {
                context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void addSplitsBack(List<Partition> partitions, int subtask) {
            unassigned.addAll(partitions);
        }

        @Override
        public List<Partition> snapshotState(long checkpoint) {
            return List.copyOf(unassigned);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void close() {}
    }

    /** Partitions as pairs of numbers. */
    private record PartitionSerializer<T>(Function<T, List<Partition>> to, Function<List<Partition>, T> from)
            implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            List<Partition> partitions = to.apply(value);
            ByteBuffer bytes = ByteBuffer.allocate(partitions.size() * 2 * Integer.BYTES);
            partitions.forEach(partition -> bytes.putInt(partition.number()).putInt(partition.offset()));
            return bytes.array();
        }

        @Override
        public T deserialize(int version, byte[] serialized) {
            ByteBuffer bytes = ByteBuffer.wrap(serialized);
            List<Partition> partitions = new ArrayList<>();
            while (bytes.hasRemaining()) {
                partitions.add(new Partition(bytes.getInt(), bytes.getInt()));
            }
            return from.apply(partitions);
        }
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink.sink;

import io.millrace.schema.OutputRecord;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KafkaSink} whose writers leave nothing running. The exactly-once writer of connector 5.0.0 opens an admin client
 * to find transactions of earlier lives, and does not close it: after each restart of a job a thread with its connections
 * stays in the task manager, and keeps the job's classes. {@code SessionClusterIT} finds it if a later connector keeps the
 * client under another name.
 */
final class ClosedKafkaSink
        implements TwoPhaseCommittingStatefulSink<OutputRecord, KafkaWriterState, KafkaCommittable>,
                SupportsPostCommitTopology<KafkaCommittable>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;
    private static final String ADMIN_CLIENT = "adminClient";

    private final KafkaSink<OutputRecord> sink;

    ClosedKafkaSink(KafkaSink<OutputRecord> sink) {
        this.sink = sink;
    }

    @Override
    public PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> createWriter(
            WriterInitContext context) throws IOException {
        return new Writer(sink.createWriter(context));
    }

    @Override
    public PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> recovered) {
        return new Writer(sink.restoreWriter(context, recovered));
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        return sink.createCommitter(context);
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
        sink.addPostCommitTopology(committables);
    }

    @Override
    public LineageVertex getLineageVertex() {
        return sink.getLineageVertex();
    }

    /** The connector's writer, and its admin client once it ends. */
    @SuppressWarnings("try") // its close() may be interrupted, as Flink's own may
    private static final class Writer
            implements PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> {

        private final PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> writer;

        Writer(PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> writer) {
            this.writer = writer;
        }

        @Override
        public void write(OutputRecord record, Context context) throws IOException, InterruptedException {
            writer.write(record, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
            return writer.prepareCommit();
        }

        @Override
        public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
            return writer.snapshotState(checkpointId);
        }

        @Override
        public void close() throws Exception {
            IOUtils.closeAll(writer, adminClient());
        }

        private @Nullable AutoCloseable adminClient() throws IllegalAccessException {
            for (Field field : writer.getClass().getDeclaredFields()) {
                if (field.getName().equals(ADMIN_CLIENT)) {
                    field.setAccessible(true);
                    return (AutoCloseable) field.get(writer);
                }
            }
            return null;
        }
    }
}

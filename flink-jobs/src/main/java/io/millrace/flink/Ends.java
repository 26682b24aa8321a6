/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.flink;

import io.millrace.flink.control.ControlLog;
import io.millrace.schema.Decoded;
import io.millrace.schema.OutputRecord;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a topology begins and ends: Kafka in production, memory in tests. */
public interface Ends {

    /** The decoded records of a stream, with watermarks. */
    DataStream<Decoded> source(StreamExecutionEnvironment environment, int stream);

    /** The log that the scorer's subtasks agree on changes of models by. */
    ControlLog.Factory controlLog();

    /** Takes encoded records away. The branch names the operator and tells one sink from another. */
    void sink(DataStream<OutputRecord> records, String branch);
}

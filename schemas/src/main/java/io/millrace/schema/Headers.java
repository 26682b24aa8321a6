/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.RawHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the headers of an output record, as text in UTF-8. */
final class Headers {

    private final List<RawHeader> headers = new ArrayList<>();

    Headers add(String name, String value) {
        headers.add(new RawHeader(name, value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    Headers add(String name, long value) {
        return add(name, Long.toString(value));
    }

    /** A time as CloudEvents wants it: RFC 3339. */
    Headers addTime(String name, long millis) {
        return add(name, Instant.ofEpochMilli(millis).toString());
    }

    Headers addAll(RawHeader[] more) {
        headers.addAll(List.of(more));
        return this;
    }

    RawHeader[] toArray() {
        return headers.toArray(new RawHeader[0]);
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.schema;

import io.millrace.pipeline.record.RawHeader;
import io.millrace.pipeline.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes an original record fit the output: whole where it fits, else value, then headers, then key and reasons are cut. */
final class Shrinking {

    private static final int KEPT_BYTES = 1024;

    private final OutputLimits limits;

    Shrinking(OutputLimits limits) {
        this.limits = limits;
    }

    OutputRecord fit(String topic, RawRecord raw, RawHeader[] reasons) {
        OutputRecord whole = record(topic, raw.key(), raw.value(), raw.headers(), reasons, "");
        if (limits.allow(whole)) {
            return whole;
        }
        String cut = note("value", raw.value());
        OutputRecord shortValue = record(topic, raw.key(), head(raw.value()), raw.headers(), reasons, cut);
        if (limits.allow(shortValue)) {
            return shortValue;
        }
        String cutMore = cut + "; headers: " + raw.headers().length + ", sha256 " + sha256(raw.headers());
        OutputRecord noHeaders = record(topic, raw.key(), head(raw.value()), new RawHeader[0], reasons, cutMore);
        if (limits.allow(noHeaders)) {
            return noHeaders;
        }
        return record(
                topic,
                head(raw.key()),
                head(raw.value()),
                new RawHeader[0],
                shortened(reasons),
                cutMore + "; " + note("key", raw.key()));
    }

    private static OutputRecord record(
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value,
            RawHeader[] originals,
            RawHeader[] reasons,
            String truncated) {
        Headers headers = new Headers().addAll(originals).addAll(reasons);
        if (!truncated.isEmpty()) {
            headers.add("millrace.truncated", truncated);
        }
        return new OutputRecord(topic, key, value, headers.toArray());
    }

    /** Our own headers may carry an identifier or a message as long as the event that it comes from. */
    private static RawHeader[] shortened(RawHeader[] reasons) {
        RawHeader[] shortened = reasons.clone();
        Arrays.setAll(shortened, i -> new RawHeader(reasons[i].name(), head(reasons[i].value())));
        return shortened;
    }

    private static byte @Nullable [] head(byte @Nullable [] bytes) {
        return bytes == null ? null : Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_BYTES));
    }

    private static String note(String part, byte @Nullable [] bytes) {
        byte[] present = bytes == null ? new byte[0] : bytes;
        MessageDigest digest = sha256();
        return part + ": " + present.length + " bytes, sha256 " + HexFormat.of().formatHex(digest.digest(present));
    }

    private static String sha256(RawHeader[] headers) {
        MessageDigest digest = sha256();
        for (RawHeader header : headers) {
            digest.update(header.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] value = header.value();
            if (value != null) {
                digest.update(value);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

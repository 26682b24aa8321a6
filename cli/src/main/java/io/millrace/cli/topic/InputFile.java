/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.cli.topic;

import io.millrace.cli.CommandException;
import io.millrace.cli.ExitCode;
import io.millrace.schema.text.RecordWriter;
import io.millrace.schema.text.TextException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A file of records: {@code .csv} with a header, {@code .jsonl} or {@code .avro}, each also as {@code .gz}. */
public final class InputFile {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final RecordWriter writer;

    public InputFile(Path file, RecordWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /** What takes the records, one after the other. */
    public interface Sink {
        void accept(GenericRecord record) throws InterruptedException;
    }

    /** Reads the whole file; what does not fit is refused with its line. */
    public void forEach(InputStream counted, Sink sink) throws InterruptedException {
        try (InputStream in =
                isGzip() ? new GZIPInputStream(counted, 1 << 16) : new BufferedInputStream(counted, 1 << 16)) {
            String name = plainName();
            if (name.endsWith(".csv")) {
                readCsv(in, sink);
            } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
                readJson(in, sink);
            } else if (name.endsWith(".avro")) {
                readAvro(in, sink);
            } else {
                throw refused("is none of .csv, .jsonl, .avro (each also .gz). Rename or convert it");
            }
        } catch (IOException unreadable) {
            throw refused("cannot be read: " + withoutStop(unreadable.getMessage()));
        } catch (UncheckedIOException malformed) {
            Throwable cause = malformed.getCause();
            throw refused("cannot be read: " + withoutStop(cause == null ? null : cause.getMessage()));
        }
    }

    private static String withoutStop(@Nullable String words) {
        String text = String.valueOf(words);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** The bytes of the file. */
    public InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException unreadable) {
            throw refused("cannot be read. Check the name");
        }
    }

    long sizeBytes() {
        return file.toFile().length();
    }

    private void readCsv(InputStream in, Sink sink) throws IOException, InterruptedException {
        CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
        try (CSVParser rows = format.parse(text(in))) {
            List<@Nullable String> fields = null;
            for (CSVRecord row : rows) {
                try {
                    if (fields == null) {
                        fields = writer.columns(row.toList());
                    } else {
                        sink.accept(writer.row(fields, cells(row, fields.size())));
                    }
                } catch (TextException unfit) {
                    throw atLine(rows.getCurrentLineNumber(), unfit);
                }
            }
            if (fields == null) {
                throw refused("is empty. Its first line names the columns");
            }
        }
    }

    /** UTF-8, with or without the mark that spreadsheets put in front. */
    private static Reader text(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] first = bytes.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            bytes.unread(first);
        }
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> cells(CSVRecord row, int columns) {
        if (row.size() != columns) {
            throw new TextException("the row has " + row.size() + " cells and the header " + columns
                    + ". Put cells that hold commas into quotes.");
        }
        return row.toList();
    }

    private void readJson(InputStream in, Sink sink) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(text(in));
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                sink.accept(writer.json(line));
            } catch (TextException unfit) {
                throw atLine(number, unfit);
            }
        }
    }

    private void readAvro(InputStream in, Sink sink) throws IOException, InterruptedException {
        GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(null, writer.schema());
        try (DataFileStream<GenericRecord> records = new DataFileStream<>(in, reader)) {
            long number = 0;
            while (records.hasNext()) {
                number++;
                accept(records.next(), number, sink);
            }
        } catch (AvroRuntimeException broken) {
            throw refused("cannot be read: " + withoutStop(broken.getMessage()));
        }
    }

    private void accept(GenericRecord record, long number, Sink sink) throws InterruptedException {
        try {
            sink.accept(record);
        } catch (TextException unfit) {
            throw new CommandException(ExitCode.PROBLEMS, file + " record " + number + " " + unfit.getMessage());
        }
    }

    private boolean isGzip() {
        return file.toString().endsWith(".gz");
    }

    private String plainName() {
        String name = file.toString();
        return isGzip() ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private CommandException atLine(long line, TextException unfit) {
        return new CommandException(ExitCode.PROBLEMS, file + ":" + line + " " + unfit.getMessage());
    }

    private CommandException refused(String why) {
        return new CommandException(ExitCode.PROBLEMS, file + " " + why + '.');
    }
}

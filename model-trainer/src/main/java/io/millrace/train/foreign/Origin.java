/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.foreign;

import io.millrace.train.dl4j.ZippedNetwork;
import io.millrace.train.keras.KerasModel;
import io.millrace.train.network.ImportedNetwork;
import io.millrace.train.onnx.OnnxModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a model was made, and what its file is. */
public enum Origin {
    KERAS("Keras", "HDF5 file", "a Keras 2 model saved as .h5", "\u0089HDF\r\n\u001a\n") {
        @Override
        ImportedNetwork read(Path file) throws Exception {
            return KerasModel.read(file);
        }
    },
    DL4J("DL4J", "zip", "a network that DL4J's ModelSerializer wrote", "PK") {
        @Override
        ImportedNetwork read(Path file) {
            return ZippedNetwork.read(file);
        }
    },
    ONNX("ONNX", "ONNX model", "a dense network saved as .onnx", "\b") {
        @Override
        ImportedNetwork read(Path file) throws Exception {
            return OnnxModel.read(file);
        }
    };

    private final String framework;
    private final String kind;
    private final String wanted;
    private final String signature;

    Origin(String framework, String kind, String wanted, String signature) {
        this.framework = framework;
        this.kind = kind;
        this.wanted = wanted;
        this.signature = signature;
    }

    /** The framework's name. */
    public String framework() {
        return framework;
    }

    String kind() {
        return kind;
    }

    /** What to give, with its article. */
    String wanted() {
        return wanted;
    }

    /** Whether a file's first bytes can be those of this kind. */
    boolean starts(byte[] first) {
        return new String(first, StandardCharsets.ISO_8859_1).startsWith(signature);
    }

    /** Opens the file: call it in a process that may die. */
    abstract ImportedNetwork read(Path file) throws Exception;
}

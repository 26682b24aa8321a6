/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.train.keras;

import io.millrace.train.network.RefusedModelException;

/** Why a layer is not mapped: the reason, where there is one beside that it is not built. */
final class Refusals {

    private Refusals() {}

    static RefusedModelException of(KerasLayer layer) {
        return layer.refuse(
                switch (layer.type()) {
                    case "GRU", "CuDNNGRU" ->
                        "and DL4J has no recurrent layer that computes the same. Train the model with an LSTM";
                    case "Masking" ->
                        "and Keras keeps a recurrent layer's state over masked steps where DL4J clears it. Pad the"
                                + " sequences in front and train without it";
                    case "Bidirectional" ->
                        "and Keras takes the first step of the way back where DL4J takes the last. Train the model with"
                                + " one direction";
                    case "Lambda" -> "which is Python code, and none is run. Build it from layers";
                    default -> "which is not mapped. docs/models.md lists the layers that are";
                });
    }
}

/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Dense networks out of ONNX files.
 *
 * <p>Enters: a file. Leaves: a network of DL4J's dense layers, and the answers that ONNX Runtime gives on the same rows. Runs
 * in a process that may die. Never here: graphs that are no chain of dense layers; they are refused by the name of what is
 * not supported.
 */
@NullMarked
package io.millrace.train.onnx;

import org.jspecify.annotations.NullMarked;

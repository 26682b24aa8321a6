/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Answers of a trained network made into probabilities.
 *
 * <p>Enters: answers and labels of rows that did not train the network. Leaves: a calibration for the bundle, and figures
 * that say what it brings. Never here: networks, features.
 */
@NullMarked
package io.millrace.train.calibration;

import org.jspecify.annotations.NullMarked;

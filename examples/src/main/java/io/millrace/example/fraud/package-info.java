/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A stream of card payments to try the fraud pipeline on, made from a seed.
 *
 * <p>Enters: a seed and {@link io.millrace.example.fraud.GeneratorOptions}. Leaves: transactions and chargebacks in order
 * of event time, the same on every machine. Never here: engine code, clocks, Kafka.
 */
@NullMarked
package io.millrace.example.fraud;

import org.jspecify.annotations.NullMarked;
